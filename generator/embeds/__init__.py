"""Cards for other sites, oEmbed, and the branding of a clinic."""

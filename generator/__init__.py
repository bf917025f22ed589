"""StrideGuide: YAML facts about running injuries become a cross-linked MkDocs site."""

__version__ = "0.1.0"

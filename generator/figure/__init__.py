"""Every exercise drawn: from joint angles in YAML, through a body in space, to SVG."""

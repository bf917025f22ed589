"""How the host builds faster without building anything else: every byte stays what MkDocs makes."""

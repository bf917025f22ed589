"""The only reading of YAML and prose: files to nodes, nodes to records, with every finding."""

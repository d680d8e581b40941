node_version 22.23.3

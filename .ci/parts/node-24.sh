node_version 24.21.0

node_version 20.19.0

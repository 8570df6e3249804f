"""Hold: the knowledge graph, its names, releases and stores, and the catalogue that `pathways` computes on."""

"""Think: bridges, leertrajecten, coverage and difference; graph in, answer with its evidence out."""

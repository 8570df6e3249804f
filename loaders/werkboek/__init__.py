"""Het werkboek: kwalificaties, competenties and leerplannen that a designer keeps in a spreadsheet of their own."""

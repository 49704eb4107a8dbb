"""First and last names of the example shop's persons; every combination is made up."""

WOMEN: tuple[str, ...] = (
    "Camille", "Léa", "Chloé", "Manon", "Inès", "Jade", "Louise", "Zoé", "Élodie", "Amandine", "Hélène", "Margaux",
    "Clémence", "Anaïs", "Noémie", "Sophie", "Céline", "Aurélie", "Nathalie", "Isabelle", "Françoise", "Yasmine",
    "Fatou", "Agnès", "Lucie", "Océane", "Solène", "Maëlle", "Brigitte", "Monique",
)  # fmt: skip
MEN: tuple[str, ...] = (
    "Lucas", "Hugo", "Théo", "Louis", "Jules", "Raphaël", "Gabriel", "Nathan", "Maxime", "Antoine", "Clément",
    "François", "Jérôme", "Cédric", "Loïc", "Benoît", "Stéphane", "Thierry", "Michel", "André", "Rémi", "Mathéo",
    "Karim", "Moussa", "Olivier", "Étienne", "Gaël", "Yann", "Bernard", "Gérard",
)  # fmt: skip
LAST: tuple[str, ...] = (
    "Martin", "Bernard", "Dubois", "Thomas", "Robert", "Richard", "Petit", "Durand", "Leroy", "Moreau", "Simon",
    "Laurent", "Lefèvre", "Michel", "Garcia", "David", "Bertrand", "Roux", "Vincent", "Fournier", "Morel", "Girard",
    "André", "Mercier", "Dupont", "Lambert", "Bonnet", "François", "Martinez", "Legrand", "Garnier", "Faure",
    "Rousseau", "Blanc", "Guérin", "Muller", "Henry", "Roussel", "Nicolas", "Perrin", "Morin", "Mathieu", "Clément",
    "Gauthier", "Dumont", "Lopez", "Fontaine", "Chevalier", "Robin", "Masson", "Peeters", "Janssens", "Maes",
    "Jacobs", "Willems", "Favre", "Rochat", "Bolomey", "Zürcher", "Aebischer",
)  # fmt: skip
COMPANIES: tuple[str, ...] = (
    "Atelier", "Boulangerie", "Cabinet", "Fonderie", "Imprimerie", "Laboratoire", "Librairie", "Menuiserie",
    "Studio", "Transports", "Verrerie", "Vignobles",
)  # fmt: skip
COMPANY_FORMS: tuple[str, ...] = ("SARL", "SAS", "SA", "& Fils", "& Cie")
INDUSTRIES: tuple[str, ...] = (
    "Commerce", "Construction", "Conseil", "Industrie", "Restauration", "Santé", "Services", "Transport",
)  # fmt: skip

"""What the cast wrote: who, when, to whom, in their own words."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Letter:
    """One message, so many school days ago. `to`: slugs of the cast, « parents 4e B » and the like; `answers` names another."""

    name: str
    days: int
    hour: str
    author: str
    body: str
    to: tuple[str, ...] = ()
    subject: str = ""
    answers: str = ""
    about: str = ""
    to_all: bool = False
    is_followed: bool = False
    needs_answer: bool = False


COLLEGE_LETTERS = (
    Letter(
        "rentrée", 9, "08:40", "principal",
        "Bonjour à toutes et à tous,\n\nVous trouverez ci-dessous les dates des conseils de classe du premier trimestre :\n"
        "- lundi : les 6e ;\n- mardi : les 5e ;\n- jeudi : les 4e ;\n- vendredi : les 3e.\n\n"
        "Merci de saisir vos appréciations trois jours avant.\n\nBien cordialement,\nClaire Fontanel",
        ("personnels",), "Conseils de classe : calendrier", is_followed=True,
    ),
    Letter(
        "musée", 8, "16:50", "enseignante",
        "Bonjour,\n\nLa 4e B visite le musée des sciences jeudi en quinze, de 9 h à 16 h. Prévoir :\n- un pique-nique ;\n"
        "- une gourde ;\n- des chaussures confortables.\n\nMerci de me dire si votre enfant a un régime particulier.\n\n"
        "Hélène Roussel",
        ("parents 4e B",), "Sortie au musée des sciences", is_followed=True, needs_answer=True,
    ),
    Letter(
        "musée, Nadia", 7, "07:35", "parent",
        "Bonjour Madame,\n\nInès viendra avec plaisir. Elle ne mange pas de porc, rien d’autre à signaler.\n\nNadia Belkacem",
        answers="musée",
    ),
    Letter(
        "musée, merci", 7, "12:20", "enseignante", "C’est noté, merci beaucoup !\n\nHélène Roussel", answers="musée, Nadia",
    ),
    Letter(
        "progression", 6, "18:10", "enseignante",
        "Bonjour Antoine,\n\nSerais-tu partant pour une séance commune en 6e C, entre l’explication et la démonstration ? "
        "J’ai un créneau le mardi à 13 h 30.\n\nHélène",
        ("collegue",), "Une séance à deux en 6e C",
    ),
    Letter(
        "progression, oui", 5, "10:15", "collegue",
        "Bonne idée ! J’ai justement un texte sur la preuve chez les Grecs. On en parle à la récréation ?\n\nAntoine",
        answers="progression",
    ),
    Letter(
        "exercice", 5, "17:25", "eleve",
        "Bonjour Madame,\n\nJe ne comprends pas la deuxième question de l’exercice 7 : faut-il factoriser avant de remplacer x ?"
        "\n\nInès Belkacem",
        ("enseignante",), "Question sur l’exercice 7",
    ),
    Letter(
        "exercice, réponse", 5, "18:05", "enseignante",
        "Bonjour Inès,\n\nOui, commence par factoriser : tu verras, tout devient simple. On le refait ensemble demain si besoin.",
        answers="exercice",
    ),
    Letter(
        "exercice, merci", 4, "07:50", "eleve", "D’accord, j’ai compris, merci Madame.", answers="exercice, réponse",
    ),
    Letter(
        "cartable", 4, "13:15", "cpe",
        "Bonjour,\n\nElias a oublié son sac de sport dans la cour. Il l’attend à la vie scolaire.\n\nKarim Bensaïd",
        ("parent/frere",), "Sac de sport",
    ),
    Letter(
        "4e D", 3, "09:10", "cpe",
        "Bonjour Hélène,\n\nTrois élèves de la 4e B m’inquiètent depuis la rentrée : as-tu cinq minutes aujourd’hui ?\n\nKarim",
        ("enseignante",), "Point sur la 4e B avant le conseil", needs_answer=True,
    ),
    Letter(
        "progrès", 2, "17:20", "enseignante",
        "Bonjour Madame,\n\nInès a beaucoup progressé depuis la rentrée, notamment en calcul littéral. Pouvez-vous "
        "l’encourager à venir à « Devoirs faits » le mardi ? Cela l’aiderait à prendre confiance avant le brevet.",
        ("parent/eleve",), "Progrès d’Inès", is_followed=True,
    ),
    Letter(
        "progrès, Nadia", 1, "09:52", "parent",
        "Bonjour Madame Roussel,\n\nMerci pour votre message, nous allons l’inscrire. Est-ce qu’elle peut commencer dès "
        "aujourd’hui ? Et faut-il prévenir la vie scolaire ?",
        answers="progrès",
    ),
    Letter(
        "calculatrice", 2, "12:40", "enseignante",
        "Bonjour,\n\nNous commençons la trigonométrie jeudi : une calculatrice est nécessaire. Le collège en prête à qui n’en a "
        "pas, il suffit de me le dire.\n\nHélène Roussel",
        ("élèves 4e B", "parents 4e B"), "Calculatrice pour jeudi", is_followed=True,
    ),
    Letter(
        "piscine", 2, "15:05", "enseignante",
        "Bonjour,\n\nLes contrôles de mathématiques de la 6e C auront lieu le vendredi. Compas et équerre sont à garder dans le "
        "cartable.\n\nHélène Roussel",
        ("parents 6e C",), "Matériel de géométrie en 6e C",
    ),
    Letter(
        "colère", 1, "07:20", "voisine-de-table",
        "Encore une note injuste. Vous faites n’importe quoi, et toute la classe le dit. J’attends une réponse aujourd’hui.",
        ("enseignante",), "Dernier contrôle",
    ),
    Letter(
        "certificat", 1, "11:30", "parent",
        "Bonjour,\n\nPouvez-vous me préparer un certificat de scolarité pour Elias ? J’en ai besoin pour la cantine.\n\n"
        "Nadia Belkacem",
        ("secretaire",), "Certificat de scolarité", about="frere",
    ),
    Letter(
        "certificat, prêt", 1, "15:45", "secretaire",
        "Bonjour Madame,\n\nLe certificat d’Elias est prêt : il peut le prendre à l’accueil.\n\nSylvie Marchal",
        answers="certificat",
    ),
    Letter(
        "codes", 1, "14:20", "referent",
        "Bonjour,\n\nIl reste des familles de votre classe qui n’ont pas ouvert leur compte. Je vous imprime leurs fiches pour "
        "vendredi ?\n\nAurélie Castaing",
        ("enseignante",), "Comptes de la 4e B", needs_answer=True,
    ),
)  # fmt: skip
LYCEE_LETTERS = (
    Letter(
        "stage",
        4,
        "16:30",
        "enseignante",
        "Bonjour,\n\nLe stage d’observation des 2de a lieu en juin. Une réunion d’information se tient lundi à 18 h en salle "
        "polyvalente.\n\nHélène Roussel",
        ("parents 2de 4",),
        "Stage d’observation",
    ),
    Letter(
        "devoir",
        1,
        "12:05",
        "soeur",
        "Bonjour Madame,\n\nEst-ce que le devoir maison est à rendre mercredi ou jeudi ?\n\nSarah Belkacem",
        ("enseignante",),
        "Devoir maison",
    ),
)

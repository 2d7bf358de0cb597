"""The lists behind `names.py`: comma-separated, by origin."""

# Origin: its share in a hundred, and the stock of first names it draws from.
ORIGINS: dict[str, tuple[int, str]] = {
    "france": (46, "france"),
    "west": (9, "france"),
    "east": (7, "france"),
    "south": (8, "france"),
    "maghreb": (11, "maghreb"),
    "africa": (6, "africa"),
    "iberia": (5, "iberia"),
    "italy": (3, "france"),
    "turkey": (2, "turkey"),
    "asia": (2, "asia"),
    "overseas": (1, "france"),
}

SURNAMES: dict[str, str] = {
    "france": "Aubertin, Barrois, Beaumanoir, Bellanger, Bertier, Blanchard, Boissier, Bonnefoy, Boulanger, Bourdin, "
    "Brunel, Carlier, Caron, Chabrol, Champion, Charpentier, Chauvet, Chevrier, Clavel, Collard, Cordier, Courtois, "
    "Dallois, Damois, Delaunay, Delmas, Desbois, Descombes, Desmoulins, Dubreuil, Duchêne, Dumoulin, Durieux, Fabre, "
    "Fauvel, Ferrier, Fleury, Fontaine, Forestier, Fouquet, Fournel, Gaillard, Garnier, Gaudin, Gauthier, Germain, "
    "Gilbert, Girardot, Godard, Granger, Grandjean, Guérin, Guillot, Hardouin, Hébert, Hérault, Jacquin, Jolivet, "
    "Joubert, Lacombe, Lacroix, Laforge, Lambert, Langlois, Larivière, Laurier, Lavigne, Leclair, Lefranc, Legendre, "
    "Lelong, Lemaître, Lenoir, Lepage, Leroux, Lesage, Loiseau, Maillard, Marchand, Maréchal, Marquet, Masson, "
    "Mauger, Mercier, Meunier, Michelet, Millet, Monnier, Moreau, Morel, Moulin, Navarre, Noiret, Ollivier, Pageot, "
    "Parmentier, Pasquier, Pellerin, Périer, Perrault, Petitjean, Picard, Poirier, Poulain, Prévost, Quentin, "
    "Rambert, Raynal, Renaudin, Ricard, Rivière, Rochefort, Rousselot, Sabatier, Saunier, Savary, Serrurier, Simonet, "
    "Tessier, Thibault, Tissot, Tournier, Vacher, Vallet, Vasselin, Verdier, Vernet, Vidalin, Villard, Vincenot",
    "west": "Abgrall, Bozec, Cadiou, Corlay, Derrien, Floc’h, Gourvennec, Guivarch, Hamon, Jaouen, Kerbrat, Kerdoncuff, "
    "Kermarrec, Le Berre, Le Corre, Le Dantec, Le Gall, Le Guen, Le Meur, Le Roux, Madec, Morvan, Nédélec, Péron, "
    "Quéméner, Riou, Tanguy, Trévidic",
    "east": "Adler, Baumgarten, Burckel, Dietsch, Ehrmann, Fischbach, Goetz, Hartmann, Heitz, Keller, Klein, Kuntz, "
    "Lehmann, Meyer, Muller, Oberlin, Reinhardt, Ritter, Schaeffer, Schmitt, Schneider, Vogel, Wagner, Weber, Wendling",
    "south": "Arrieta, Aspe, Barthès, Bordenave, Cazenave, Costes, Dupouy, Elissalde, Estève, Etcheverry, Fabrègues, "
    "Galinier, Ibarrart, Labadie, Lafitte, Larralde, Loubet, Marty, Mazières, Peyrat, Puig, Roumégous, Salles, Soulié, "
    "Tarrieu, Vidal",
    "maghreb": "Abbas, Aït-Ahmed, Amrani, Azzouz, Belhadj, Benali, Benamar, Benkirane, Bouazza, Bouchareb, Boudiaf, "
    "Chaabane, Cherif, Djebbar, El Amrani, El Idrissi, Fekir, Ghezali, Haddad, Hamidi, Kaddour, Khelifi, Lahlou, "
    "Mansouri, Meziane, Naceri, Ouali, Rahmani, Saïdi, Slimani, Tahiri, Touati, Yahiaoui, Zeroual, Ziani",
    "africa": "Bamba, Camara, Cissé, Coulibaly, Diallo, Diarra, Diop, Doumbia, Fofana, Gassama, Kanté, Keïta, Konaté, "
    "Kouassi, Mbemba, Mendy, Ndiaye, Ngoma, Niakaté, Ouattara, Sacko, Sissoko, Sow, Sylla, Tchoumi, Touré, Traoré",
    "iberia": "Alves, Carvalho, Da Costa, Da Silva, Dos Santos, Esteves, Fernandes, Ferreira, Garcia, Gomes, Gonçalves, "
    "Herrero, Lopes, Martinez, Mendes, Moreno, Nunes, Pereira, Pinto, Ribeiro, Rodrigues, Ruiz, Teixeira, Vieira",
    "italy": "Bianchi, Carboni, Colombo, De Luca, Ferrari, Galli, Lombardi, Marchetti, Moretti, Pellegrini, Ricci, "
    "Romano, Rossetti, Santoro, Vitale",
    "turkey": "Aksoy, Arslan, Aydin, Çelik, Demir, Güler, Kaplan, Kaya, Koç, Öztürk, Polat, Sahin, Yildiz, Yilmaz",
    "asia": "Chen, Dang, Huynh, Lam, Li, Liu, Ly, Nguyen, Pham, Phan, Tran, Truong, Vong, Wang, Xiong, Zhang",
    "overseas": "Bellemare, Céleste, Grondin, Hoarau, Jean-Baptiste, Lubin, Marie-Joseph, Payet, Sainte-Rose, Técher",
}

FIRST_NAMES: dict[str, dict[str, str]] = {
    "girls": {
        "france": "Adèle, Agathe, Alice, Alix, Ambre, Anaïs, Anna, Apolline, Axelle, Camille, Capucine, Célestine, "
        "Charlotte, Chloé, Clara, Clémence, Coline, Constance, Élise, Éloïse, Emma, Estelle, Eugénie, Eva, Faustine, "
        "Flavie, Gabrielle, Garance, Héloïse, Inaya, Jade, Jeanne, Julia, Juliette, Léa, Léna, Léonie, Lison, Lola, Lou, "
        "Louise, Lucie, Maëlle, Maëlys, Manon, Margaux, Margot, Marion, Mathilde, Mélina, Mila, Nina, Noémie, Océane, "
        "Ophélie, Pauline, Romane, Rose, Salomé, Sarah, Solène, Suzanne, Valentine, Victoire, Zélie, Zoé",
        "maghreb": "Aïcha, Amel, Amina, Assia, Aya, Chaïma, Dounia, Farah, Hanaé, Imane, Inès, Jihane, Kenza, Leïla, "
        "Lina, Lyna, Malak, Maryam, Myriam, Nour, Rania, Rym, Safia, Salma, Sarah, Selma, Sirine, Sofia, Yasmine, Zineb",
        "africa": "Adama, Aïssata, Aminata, Assa, Awa, Binta, Chancelle, Coumba, Diariatou, Djeneba, Fanta, Fatou, "
        "Grâce, Hawa, Kadiatou, Khady, Mariam, Merveille, Naomie, Oumou, Penda, Ramata, Rokia, Sira, Tènin",
        "iberia": "Adriana, Beatriz, Carla, Carolina, Clara, Daniela, Elsa, Eva, Inês, Joana, Laura, Leonor, Lídia, "
        "Luna, Mafalda, Margarida, Mariana, Matilde, Paula, Rita, Sofia, Valentina",
        "turkey": "Asya, Aylin, Azra, Beren, Defne, Ecrin, Ela, Elif, Esma, Eylül, Feride, Melek, Meryem, Nisa, Selin, "
        "Sibel, Zeynep, Zümra",
        "asia": "Amélie, Anna, Caroline, Cécile, Élodie, Emma, Eva, Hélène, Jade, Julie, Kim, Linh, Lan, Lily, Linda, "
        "Mai, Mélanie, Minh Anh, Nathalie, Sophie, Thi Lan, Victoria",
    },
    "boys": {
        "france": "Adam, Adrien, Aloïs, Alexis, Anatole, Antoine, Antonin, Arthur, Auguste, Aurélien, Axel, Baptiste, "
        "Basile, Bastien, Camille, Clément, Côme, Corentin, Damien, Élie, Eliott, Émile, Enzo, Esteban, Ethan, Étienne, "
        "Evan, Félix, Florian, Gabin, Gabriel, Gaspard, Hugo, Isaac, Jules, Kylian, Léo, Léon, Liam, Loïs, Louis, Lucas, "
        "Lucien, Maël, Malo, Marceau, Marius, Martin, Mathéo, Mathis, Matteo, Maxence, Maxime, Milo, Nathan, Nino, Noah, "
        "Noé, Nolan, Octave, Oscar, Paul, Pierre, Quentin, Raphaël, Robin, Romain, Sacha, Samuel, Simon, Théo, Théodore, "
        "Timéo, Thibault, Titouan, Tom, Ulysse, Valentin, Victor, Yanis",
        "maghreb": "Adel, Ahmed, Amine, Anis, Ayoub, Bilal, Elias, Farès, Hamza, Hédi, Ibrahim, Idriss, Ilyès, Imrane, "
        "Ismaël, Jibril, Karim, Mehdi, Mohamed, Naïm, Nassim, Nizar, Omar, Rayan, Riad, Sami, Sofiane, Tarek, Walid, "
        "Yacine, Yanis, Younès, Zakaria",
        "africa": "Abdoulaye, Adama, Aboubacar, Amadou, Bakary, Boubacar, Cheick, Christ, Daouda, Djibril, Exaucé, "
        "Fodé, Ibrahima, Issa, Junior, Lassana, Mamadou, Moussa, Ousmane, Samba, Seydou, Souleymane, Yaya",
        "iberia": "André, Bruno, Daniel, David, Diego, Diogo, Duarte, Enzo, Filipe, Gabriel, Hugo, João, Leandro, Lucas, "
        "Mateus, Miguel, Nuno, Pablo, Rafael, Rui, Simão, Tiago, Tomás",
        "turkey": "Alperen, Arda, Baran, Berat, Can, Deniz, Emir, Emre, Enes, Eren, Kaan, Kerem, Mert, Mikail, Ömer, "
        "Semih, Tarik, Yusuf",
        "asia": "Alexandre, Anthony, Bao, David, Eric, Henri, Huy, Julien, Kevin, Léo, Long, Lucas, Minh, Nam, Olivier, "
        "Quang, Steven, Thomas, Tuan, Vincent, William",
    },
    "women": {
        "france": "Adeline, Agnès, Alexandra, Amandine, Angélique, Anne, Anne-Laure, Audrey, Aurélie, Aurore, Barbara, "
        "Bénédicte, Carine, Caroline, Cécile, Céline, Christelle, Claire, Corinne, Delphine, Élise, Élodie, Émilie, "
        "Estelle, Fabienne, Fanny, Florence, Frédérique, Gaëlle, Géraldine, Hélène, Isabelle, Jennifer, Jessica, Julie, "
        "Karine, Laetitia, Laure, Laurence, Lucile, Magali, Marie, Marie-Pierre, Marina, Marlène, Maud, Mélanie, "
        "Morgane, Mylène, Nathalie, Nelly, Ophélie, Pascale, Perrine, Rachel, Sabine, Sabrina, Sandra, Sandrine, "
        "Séverine, Sonia, Sophie, Stéphanie, Sylvie, Valérie, Vanessa, Véronique, Virginie",
        "maghreb": "Amina, Asma, Djamila, Fadila, Farida, Fatiha, Fatima, Hafida, Hanane, Houria, Karima, Khadija, "
        "Latifa, Leïla, Malika, Naïma, Nadia, Nassera, Rachida, Saïda, Samia, Samira, Souad, Wafa, Yamina, Zohra",
        "africa": "Adja, Aïssatou, Aminata, Astou, Bintou, Djénéba, Fanta, Fatoumata, Hawa, Kadidia, Mame, Mariama, "
        "Maïmouna, Nafissatou, Oumou, Ramatoulaye, Rokhaya, Salimata, Sira, Solange",
        "iberia": "Ana, Cristina, Dulce, Elisabete, Fernanda, Helena, Isabel, Lurdes, Luísa, Maria, Marisa, Mónica, "
        "Natália, Paula, Rosa, Sandra, Sílvia, Susana, Teresa, Vera",
        "turkey": "Aysel, Emine, Fatma, Filiz, Gülay, Gülsen, Hatice, Leyla, Nuray, Özlem, Sevgi, Songül, Yasemin, Zehra",
        "asia": "Bich, Hoa, Hong, Kim, Lan, Li, Mai, Mei, Ngoc, Phuong, Thanh, Thi Hoa, Thu, Trang, Xuan, Yan",
    },
    "men": {
        "france": "Alain, Alexandre, Anthony, Arnaud, Benjamin, Benoît, Bertrand, Bruno, Cédric, Charles, Christian, "
        "Christophe, Cyril, Damien, David, Didier, Emmanuel, Éric, Étienne, Fabien, Fabrice, Francis, Franck, François, "
        "Frédéric, Gaël, Gilles, Grégory, Guillaume, Hervé, Jean-Marc, Jérémy, Jérôme, Johan, Julien, Laurent, Loïc, "
        "Ludovic, Mathieu, Mickaël, Nicolas, Olivier, Pascal, Patrice, Philippe, Pierre, Régis, Rémi, Sébastien, Sylvain, "
        "Stéphane, Thierry, Thomas, Vincent, Xavier, Yann",
        "maghreb": "Abdelkader, Abdel, Ali, Aziz, Brahim, Djamel, Driss, Fouad, Hakim, Hassan, Hocine, Jamal, Kamel, "
        "Khaled, Lotfi, Malik, Mohamed, Mourad, Mustapha, Nabil, Omar, Rachid, Redouane, Saïd, Salah, Samir, Tahar, Youcef",
        "africa": "Abdou, Alassane, Alioune, Bakary, Cheikh, Demba, Emmanuel, Ibrahima, Idrissa, Jean-Claude, Lamine, "
        "Mamadou, Modibo, Moussa, Oumar, Ousmane, Patrice, Sékou, Souleymane, Yaya",
        "iberia": "Adelino, Américo, António, Armando, Carlos, Fernando, Francisco, Hélder, Joaquim, Jorge, José, Luis, "
        "Manuel, Mário, Paulo, Pedro, Ricardo, Rui, Sérgio, Vítor",
        "turkey": "Ahmet, Ali, Bülent, Hakan, Hasan, Hüseyin, Ibrahim, Kemal, Mehmet, Murat, Mustafa, Orhan, Osman, Ramazan",
        "asia": "Cheng, Dung, Hai, Hung, Jian, Khanh, Minh, Paul, Phong, Quoc, Thanh, Tien, Van, Wei, Xavier, Yong",
    },
}

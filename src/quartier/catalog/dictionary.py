"""What columns are usually called, in French and English: a table of data, read by `recognise`."""

from dataclasses import dataclass

from quartier.catalog.families import Family, Sensitivity
from quartier.catalog.model import Label, Meaning


@dataclass(frozen=True)
class Entry:
    """One thing that columns are about: its usual names as slugs, its label, family and sensitivity."""

    names: frozenset[str]
    label: Label
    family: Family
    sensitivity: Sensitivity = Sensitivity.ORDINARY
    meaning: Meaning | None = None


_F, _S, _M = Family, Sensitivity, Meaning
_DEMO, _GEO, _TECH, _FIRM, _ACC, _BEH = (
    _F.DEMOGRAPHIC, _F.GEOGRAPHIC, _F.TECHNOGRAPHIC, _F.FIRMOGRAPHIC, _F.ACCOUNT, _F.BEHAVIOURAL,
)  # fmt: skip
_PERSONAL, _SENSITIVE, _SPECIAL, _ORDINARY = _S.PERSONAL, _S.SENSITIVE, _S.SPECIAL, _S.ORDINARY


def _entry(
    names: str, en: str, fr: str, family: Family, sensitivity: Sensitivity = _ORDINARY, meaning: Meaning | None = None
) -> Entry:
    return Entry(frozenset(names.split()), Label(en=en, fr=fr), family, sensitivity, meaning)


ENTRIES: tuple[Entry, ...] = (
    _entry("customer_id cust_id client_id user_id person_id contact_id id_client id_customer id_user"
               " id_personne no_client"
           " num_client numero_client client_no customer customer_no customer_number customer_key code_client member_id"
           " membre_id id_membre household_id subscriber_id abonne_id id_abonne adherent_id respondent respondent_id"
           " unique_id uid shopper_id buyer_id acheteur_id id_acheteur loyalty_id carte_fidelite prospect_id lead_id"
           " id_contact visitor_user_id patron_id guest_id utilisateur_id id_utilisateur identifiant_client"
           " reference_client ref_client rec_id client customer_code numero_adherent clientid userid customerid",
           "Customer number", "Numéro de client", _ACC, _PERSONAL, _M.USER_ID),
    _entry("anonymous_id anon_id visitor_id visiteur_id id_visiteur cookie_id device_id client_cookie ga_client_id"
           " fullvisitorid full_visitor_id distinct_id", "Anonymous visitor", "Visiteur anonyme", _TECH, _PERSONAL,
           _M.ANONYMOUS_ID),
    _entry("account_id account account_no company_id organisation_id organization_id org_id compte_id id_compte"
               " societe_id"
           " id_societe entreprise_id id_entreprise siren siret vat_number numero_tva duns group_id",
           "Account number", "Numéro de compte", _ACC, _ORDINARY, _M.ACCOUNT_ID),
    _entry("email e_mail mail email_address e_mail_address mail_address adresse_email adresse_mail"
               " adresse_e_mail courriel"
           " adresse_electronique customer_email client_email email_client billing_email contact_email adr_mail",
           "E-mail", "E-mail", _ACC, _PERSONAL, _M.EMAIL),
    _entry("phone phone_number telephone tel mobile mobile_phone cell cellphone portable gsm telephone_mobile"
           " numero_de_telephone num_tel tel_mobile tel_portable phone_no phone1 telephone_portable natel",
           "Phone", "Téléphone", _ACC, _PERSONAL, _M.PHONE),
    _entry("first_name firstname given_name givenname prenom forename prenom_client prenom_du_client",
           "First name", "Prénom", _DEMO, _PERSONAL, _M.FIRST_NAME),
    _entry("last_name lastname surname family_name nom nom_de_famille nom_client nom_du_client",
           "Last name", "Nom", _DEMO, _PERSONAL, _M.LAST_NAME),
    _entry("full_name fullname customer_name nom_complet nom_prenom prenom_nom nom_et_prenom contact_name display_name",
           "Full name", "Nom complet", _DEMO, _PERSONAL, _M.FULL_NAME),
    _entry("gender sex sexe genre civilite title salutation", "Gender", "Genre", _DEMO, _PERSONAL, _M.GENDER),
    _entry("birth_date birthdate birthday date_of_birth dob date_naissance date_de_naissance naissance ne_le born_on",
           "Birth date", "Date de naissance", _DEMO, _PERSONAL, _M.BIRTH_DATE),
    _entry("birth_year year_of_birth year_birth yob annee_naissance annee_de_naissance", "Birth year",
           "Année de naissance", _DEMO, _PERSONAL, _M.BIRTH_YEAR),
    _entry("age age_client customer_age age_years", "Age", "Âge", _DEMO, _PERSONAL, _M.AGE),
    _entry("address address_1 address1 street street_address adresse adresse_1 rue adresse_postale billing_address"
           " shipping_address adresse_de_livraison adresse_de_facturation", "Address", "Adresse", _GEO, _PERSONAL,
           _M.ADDRESS),
    _entry("address_2 address2 adresse_2 complement_adresse street_number numero_rue", "Address, continued",
           "Complément d'adresse", _GEO, _PERSONAL),
    _entry("postal_code postalcode postcode post_code zip zip_code zipcode code_postal cp npa codepostal",
           "Postal code", "Code postal", _GEO, _PERSONAL, _M.POSTAL_CODE),
    _entry("city town ville commune localite suburb municipality", "City", "Ville", _GEO, _ORDINARY, _M.CITY),
    _entry("region state province departement department county canton region_name etat",
           "Region", "Région", _GEO, _ORDINARY, _M.REGION),
    _entry("country pays country_code code_pays country_name nation country_region pays_de_residence billing_country"
           " shipping_country countrycode", "Country", "Pays", _GEO, _ORDINARY, _M.COUNTRY),
    _entry("latitude lat geo_lat gps_lat", "Latitude", "Latitude", _GEO, _SENSITIVE, _M.LATITUDE),
    _entry("longitude lon lng long geo_lon geo_lng gps_lon gps_lng", "Longitude", "Longitude", _GEO, _SENSITIVE,
           _M.LONGITUDE),
    _entry("language lang langue locale preferred_language langue_preferee", "Language", "Langue", _DEMO, _ORDINARY,
           _M.LANGUAGE),
    _entry("timezone time_zone tz tzid time_zone_name timezone_name user_timezone fuseau_horaire fuseau", "Time zone",
           "Fuseau horaire", _GEO, _ORDINARY, _M.TIME_ZONE),
    _entry("currency devise currency_code monnaie code_devise", "Currency", "Devise", _ACC, _ORDINARY, _M.CURRENCY),
    _entry("income annual_income revenu revenus revenu_annuel salaire salary household_income revenu_du_foyer"
           " revenu_foyer annual_income_k annual_salary", "Income", "Revenu", _DEMO, _SENSITIVE, _M.INCOME),
    _entry("marital_status statut_marital situation_familiale etat_civil situation_maritale", "Marital status",
           "Situation familiale", _DEMO, _SENSITIVE),
    _entry("household_size taille_du_foyer taille_foyer nb_enfants nombre_d_enfants children kids_count kidhome"
               " teenhome"
           " dependents enfants number_of_children", "Household", "Foyer", _DEMO, _SENSITIVE),
    _entry("education education_level niveau_etudes niveau_d_etudes diplome", "Education", "Études", _DEMO),
    _entry("occupation job job_title profession metier csp fonction poste categorie_socio_professionnelle",
           "Occupation", "Profession", _DEMO, _PERSONAL),
    _entry("signup_at signup_date sign_up_date created_at creation_date date_creation date_inscription inscrit_le"
           " registered_at registration_date date_d_inscription customer_since client_depuis dt_customer"
           " date_de_creation"
           " date_creation_compte joined_at join_date member_since subscription_date date_adhesion",
           "Registered on", "Inscription", _ACC, _ORDINARY, _M.SIGNUP_AT),
    _entry("plan subscription forfait abonnement formule offer_plan pricing_plan plan_name tier contract contrat",
           "Plan", "Formule", _ACC, _ORDINARY, _M.PLAN),
    _entry("device device_type appareil terminal type_appareil device_category", "Device", "Appareil", _TECH, _ORDINARY,
           _M.DEVICE),
    _entry("browser navigateur browser_name user_agent", "Browser", "Navigateur", _TECH, _ORDINARY, _M.BROWSER),
    _entry("os operating_system operating_systems systeme_exploitation systeme_d_exploitation os_name platform",
           "Operating system", "Système d'exploitation", _TECH, _ORDINARY, _M.OPERATING_SYSTEM),
    _entry("company company_name societe entreprise raison_sociale organisation organization employer employeur",
           "Company", "Entreprise", _FIRM, _ORDINARY, _M.COMPANY),
    _entry("industry secteur sector secteur_activite secteur_d_activite naf ape nace sic activite branche",
           "Industry", "Secteur", _FIRM, _ORDINARY, _M.INDUSTRY),
    _entry("employees effectif effectifs number_of_employees headcount nombre_de_salaries nb_salaries company_size",
           "Employees", "Effectif", _FIRM, _ORDINARY, _M.EMPLOYEES),
    _entry("turnover chiffre_d_affaires annual_revenue yearly_revenue company_revenue ca_annuel"
           " chiffre_affaires chiffre_d_affaires_annuel", "Yearly revenue", "Chiffre d'affaires", _FIRM, _ORDINARY,
           _M.TURNOVER),
    _entry("balance_sheet balance_sheet_total total_assets assets total_bilan total_du_bilan bilan",
           "Balance sheet total", "Total du bilan", _FIRM, _ORDINARY, _M.BALANCE_SHEET),
    _entry("founded founded_on founded_at founded_year year_founded foundation_date founding_date founding_year"
           " incorporation_date incorporated_on date_immatriculation date_creation_entreprise"
           " date_de_creation_entreprise annee_creation annee_de_creation annee_creation_entreprise date_creation_siege"
           " date_creation_unite_legale", "Founded", "Création de l'entreprise", _FIRM, _ORDINARY, _M.FOUNDED),
    _entry("business_model modele_economique modele_d_affaires type_de_clientele b2b_b2c", "Business model",
           "Modèle économique", _FIRM, _ORDINARY, _M.BUSINESS_MODEL),
    _entry("website web_site company_website website_url homepage site_web site_internet domain company_domain"
           " domain_name nom_de_domaine", "Website", "Site web", _FIRM, _ORDINARY, _M.WEBSITE),
    _entry("parent_id parent_account parent_account_id parent_company parent_company_id id_parent compte_parent"
           " id_compte_parent maison_mere id_maison_mere societe_mere id_societe_mere holding_id group_parent_id",
           "Parent account", "Compte parent", _FIRM, _ORDINARY, _M.PARENT_ACCOUNT),
    _entry("role account_role company_role contact_role buying_role role_in_company role_in_account role_contact"
           " role_compte role_entreprise role_dans_l_entreprise", "Role in the account", "Rôle dans le compte", _ACC,
           _ORDINARY, _M.ACCOUNT_ROLE),
    _entry("marketvalue market_value profits legal_form forme_juridique",
           "Company figures", "Chiffres de l'entreprise", _FIRM),
    _entry("lifetime_value ltv clv customer_lifetime_value valeur_vie valeur_client customer_value", "Lifetime value",
           "Valeur vie client", _BEH, _ORDINARY, _M.LIFETIME_VALUE),
    _entry("nps nps_score note_nps score_nps likelihood_to_recommend recommendation_score note_de_recommandation",
           "Likelihood to recommend", "Note de recommandation", _F.PSYCHOGRAPHIC, _ORDINARY, _M.RECOMMENDATION),
    _entry("religion confession croyance faith", "Religion", "Religion", _DEMO, _SPECIAL),
    _entry("health sante handicap disability illness maladie allergies allergy diet_medical blood_type groupe_sanguin"
           " pregnancy grossesse", "Health", "Santé", _DEMO, _SPECIAL),
    _entry("political_party politics political_opinion opinion_politique parti_politique political_view vote",
           "Political opinion", "Opinion politique", _F.VALUES, _SPECIAL),
    _entry("ethnicity ethnic_origin race origine_ethnique ethnie racial_origin", "Ethnic origin", "Origine ethnique",
           _DEMO, _SPECIAL),
    _entry("union union_member trade_union syndicat syndique appartenance_syndicale", "Trade union", "Syndicat", _DEMO,
           _SPECIAL),
    _entry("sexual_orientation orientation_sexuelle orientation", "Sexual orientation", "Orientation sexuelle", _DEMO,
           _SPECIAL),
    _entry("ssn social_security soc_sec_id social_security_number numero_securite_sociale nir iban",
           "Official number", "Numéro officiel", _DEMO, _SENSITIVE),
)  # fmt: skip

WORDS: dict[Family, frozenset[str]] = {
    _F.TECHNOGRAPHIC: frozenset(
        [
            "device",
            "browser",
            "os",
            "app",
            "application",
            "software",
            "logiciel",
            "mobile",
            "web",
            "site",
            "internet",
            "streaming",
            "phone",
            "version",
            "online",
            "technology",
            "navigateur",
            "appareil",
        ]
    ),
    _F.GEOGRAPHIC: frozenset(
        [
            "zip",
            "city",
            "ville",
            "region",
            "country",
            "pays",
            "location",
            "area",
            "district",
            "zone",
            "neighborhood",
            "quartier",
            "store_region",
            "place",
            "lieu",
        ]
    ),
    _F.PSYCHOGRAPHIC: frozenset(
        [
            "interest",
            "interests",
            "interet",
            "interets",
            "hobby",
            "hobbies",
            "lifestyle",
            "personality",
            "personnalite",
            "attitude",
            "opinion",
            "like",
            "likes",
            "score_personality",
            "style",
            "gout",
            "gouts",
            "centre",
        ]
    ),
    _F.NEEDS: frozenset(
        [
            "need",
            "needs",
            "besoin",
            "besoins",
            "reason",
            "raison",
            "motivation",
            "goal",
            "objectif",
            "expectation",
            "attente",
            "want",
            "matters",
            "support",
            "complain",
            "complaint",
            "reclamation",
            "specialization",
        ]
    ),
    _F.VALUES: frozenset(
        [
            "value_belief",
            "belief",
            "beliefs",
            "valeur",
            "valeurs",
            "ethic",
            "ethics",
            "ecology",
            "ecologie",
            "engagement",
            "cause",
            "organic",
            "bio",
            "responsible",
            "responsable",
        ]
    ),
    _F.FIRMOGRAPHIC: frozenset(
        [
            "company",
            "industry",
            "employees",
            "entreprise",
            "effectif",
            "secteur",
            "assets",
            "profits",
            "sales",
            "marketvalue",
            "headquarters",
            "naics",
        ]
    ),
    _F.ACCOUNT: frozenset(
        [
            "account",
            "compte",
            "plan",
            "contract",
            "contrat",
            "subscription",
            "abonnement",
            "payment",
            "paiement",
            "billing",
            "tenure",
            "anciennete",
            "newsletter",
            "consent",
            "status",
            "statut",
        ]
    ),
    _F.DEMOGRAPHIC: frozenset(
        [
            "gender",
            "age",
            "birth",
            "education",
            "marital",
            "income",
            "senior",
            "citizen",
            "partner",
            "family",
            "kid",
            "kids",
            "teen",
            "children",
            "married",
            "occupation",
            "profession",
            "household",
        ]
    ),
}

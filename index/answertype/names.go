package answertype

// humans knows what people are called.
func humans(word string) class {
	switch word {
	case "mr", "mrs", "ms", "dr", "prof", "gen", "sen", "rep", "gov", "lt", "col", "capt", "sgt", "rev", "hon", "messrs", "mme", "msgr":
		return title | shortened
	case "st", "jr", "sr", "vs", "no", "fig", "inc", "ltd", "corp", "co":
		if word == "inc" || word == "ltd" || word == "corp" || word == "co" {
			return group | shortened
		}
		return shortened
	case "sir", "lord", "lady", "dame", "madam", "pm", "premier", "pope", "saint", "sultan", "emir", "sheikh", "imam", "ayatollah",
		"rabbi", "father", "brother", "sister", "uncle", "aunt", "cardinal", "archbishop", "bishop", "prophet":
		return title
	case "president", "minister", "secretary", "chancellor", "ambassador", "senator", "governor", "mayor", "congressman", "congresswoman",
		"king", "queen", "prince", "princess", "duke", "duchess", "emperor", "empress", "tsar", "czar", "khan", "shah", "count", "baron", "earl",
		"general", "admiral", "colonel", "captain", "major", "lieutenant", "sergeant", "commander", "marshal", "commissioner",
		"professor", "doctor", "judge", "justice", "chairman", "chairwoman", "chair", "ceo", "director", "chief", "leader",
		"founder", "inventor", "author", "writer", "poet", "novelist", "playwright", "journalist", "editor", "correspondent", "columnist", "critic", "historian",
		"philosopher", "theologian", "scientist", "physicist", "chemist", "biologist", "mathematician", "economist", "engineer", "architect",
		"artist", "painter", "sculptor", "designer", "photographer", "composer", "singer", "musician", "pianist", "actor", "actress", "comedian", "producer",
		"presenter", "host", "coach", "manager", "quarterback", "player", "striker", "cornerback", "linebacker", "athlete", "champion",
		"astronaut", "pilot", "explorer", "navigator", "missionary", "priest", "monk", "nun", "pastor", "reformer", "activist", "lawyer", "attorney",
		"physician", "surgeon", "nurse", "teacher", "student", "researcher", "analyst", "expert", "scholar", "officer", "official", "spokesman", "spokeswoman",
		"spokesperson", "diplomat", "envoy", "negotiator", "politician", "lawmaker", "soldier", "warrior", "businessman", "entrepreneur", "banker", "merchant",
		"wife", "husband", "son", "daughter", "mother", "cousin", "nephew", "grandson", "grandfather", "successor", "predecessor", "heir":
		return role
	case "women", "men", "children", "people", "students", "teachers", "scholars", "scientists", "engineers", "workers", "farmers", "soldiers",
		"citizens", "residents", "leaders", "officials", "ministers", "members", "players", "fans", "critics", "historians", "researchers", "settlers",
		"immigrants", "refugees", "peasants", "nobles", "merchants", "traders", "slaves", "prisoners", "patients", "doctors", "nurses", "physicians", "pharmacists",
		"parents", "families", "users", "customers", "consumers", "voters", "taxpayers", "employees", "employers", "investors", "owners", "producers", "writers",
		"authors", "artists", "actors", "musicians", "experts", "analysts", "diplomats", "politicians", "lawmakers", "legislators", "senators", "judges", "lawyers",
		"priests", "monks", "bishops", "missionaries", "warriors", "troops", "forces", "rebels", "protesters", "activists", "volunteers", "astronauts", "economists",
		"parliament", "congress", "government", "police", "army", "commission", "court", "council", "public", "nobility", "clergy", "crew", "cabinet", "senate":
		return people
	}
	return givenName(word)
}

// givenName knows given names that are common in many countries and are hardly
// ever anything else.
func givenName(word string) class {
	switch word {
	case "adam", "albert", "alan", "alex", "alexander", "alexandra", "alfred", "alice", "amy", "andrea", "andreas", "andrew", "angela", "ann", "anna", "anne",
		"anthony", "antonio", "arthur", "barbara", "ben", "benjamin", "bill", "bob", "brian", "bruce", "carl", "carlos", "carol", "caroline", "catherine", "charles",
		"charlotte", "chris", "christian", "christine", "christopher", "claire", "claude", "daniel", "david", "deborah", "dennis", "diana", "diego", "dmitri", "donald",
		"dorothy", "douglas", "edgar", "edmund", "edward", "edwin", "elena", "elisabeth", "elizabeth", "emily", "emma", "emmanuel", "eric", "ernest", "eugene", "eva",
		"fatima", "fernando", "francesco", "francis", "francisco", "franz", "fred", "frederick", "friedrich", "gabriel", "gary", "george", "gerald", "gerard", "giovanni",
		"giuseppe", "gustav", "hannah", "hans", "harold", "harry", "hassan", "heinrich", "helen", "henri", "henry", "herbert", "howard", "hugh", "hugo", "hussein", "ian",
		"ibrahim", "igor", "isaac", "ivan", "jacob", "jacques", "jakob", "james", "jan", "jane", "janet", "jason", "javier", "jean", "jeff", "jeffrey", "jennifer", "jens", "jeremy", "jerry",
		"jessica", "jim", "joan", "joe", "joel", "johan", "johann", "johannes", "john", "johnny", "jonathan", "jorge", "jose", "josé", "joseph", "joshua", "juan", "judith", "julia",
		"julian", "julie", "karen", "karl", "kate", "katherine", "kathleen", "keith", "ken", "kenneth", "kevin", "kim", "kurt", "larry", "laura", "lars", "lee", "leo", "leon", "leonard",
		"lewis", "linda", "lisa", "louis", "louise", "lucy", "luis", "luke", "magnus", "marco", "marcus", "margaret", "maria", "marie", "mario", "mary", "martha",
		"martin", "matthew", "maurice", "max", "michael", "michel", "miguel", "mike", "mikhail", "mohamed", "mohammad", "mohammed", "muhammad", "nancy",
		"napoleon", "nathan", "neil", "nicholas", "nick", "nicolas", "nikola", "nikolai", "oliver", "olga", "omar", "oscar", "otto", "pablo", "patricia", "patrick", "paul", "paula", "pedro",
		"peter", "philip", "philippe", "pierre", "rachel", "ralph", "raymond", "rebecca", "richard", "robert", "roberto", "roger", "roland", "ron", "ronald", "rosa", "roy", "rudolf", "russell",
		"ruth", "ryan", "sam", "samuel", "sandra", "sarah", "scott", "sergei", "sharon", "simon", "sofia", "sophie", "stanley", "stefan", "stephen", "steve", "steven", "stuart", "susan", "sven", "teresa",
		"terry", "theodore", "theresa", "thomas", "tim", "timothy", "tom", "tommy", "tony", "ursula", "vincent", "vladimir", "walter", "werner", "wilhelm", "william", "wolfgang",
		"xavier", "yitzhak", "yuri", "yusuf", "zoe", "ali", "ahmed", "abdul", "abdullah", "akira", "hiroshi", "kenji", "shinzo", "shigeru", "narendra", "rajiv", "indira", "wei", "xi", "jung", "jae", "moon", "ada", "marta", "ines", "lena", "nina", "clara":
		return given
	}
	return 0
}

// bodies knows the words that tell an organisation or a place.
func bodies(word string) class {
	switch word {
	case "organisation", "organization", "association", "union", "federation", "confederation", "league", "company", "corporation", "group", "holdings", "industries",
		"enterprises", "limited", "agency", "authority", "board", "committee", "department", "office", "bureau", "ministry", "service", "services",
		"institute", "institution", "foundation", "society", "trust", "fund", "university", "college", "academy", "school",
		"assembly", "party", "movement", "alliance", "coalition", "navy",
		"club", "team", "band", "orchestra", "studios", "studio", "records", "pictures", "entertainment", "media", "press", "news", "network",
		"networks", "television", "radio", "broadcasting", "channel", "systems", "technologies", "electric", "laboratories", "laboratory", "labs", "airlines",
		"airways", "motors", "partners", "brothers", "capital", "insurance", "church", "order", "bank", "secretariat":
		return group
	case "river", "lake", "sea", "ocean", "bay", "gulf", "strait", "mountain", "mountains", "hill", "hills", "valley", "desert", "forest", "island", "islands",
		"peninsula", "cape", "coast", "beach", "province", "county", "district", "region", "territory", "republic", "kingdom", "empire", "city", "town", "village", "borough",
		"street", "avenue", "road", "park", "garden", "gardens", "bridge", "station", "airport", "port", "harbour", "harbor", "stadium", "arena", "museum", "palace",
		"castle", "cathedral", "abbey", "temple", "tower", "hall", "hospital", "library", "hotel", "theatre", "theater", "centre", "center", "plaza", "canyon", "falls", "springs", "heights":
		return spot
	case "mount", "fort", "san", "santa", "north", "south", "east", "west", "northern", "southern", "eastern", "western", "central", "upper", "lower":
		return spotStart
	}
	return 0
}

package answertype

// lists is the words of each class. They are common English words, of no topic.
var lists = [...]list{
	{opener, `
		of the in at near from to outside inside across throughout toward towards within around a an this that these
		those it its he she they we you i his her their our my your there here then on with without before during for
		until under over between among against despite besides although though while whereas unlike like however
		moreover furthermore meanwhile nevertheless nonetheless otherwise instead indeed additionally similarly
		finally but and or nor yet if unless when whenever where wherever once what who whose which why how do does
		did has have had can could should would not now another both some many most several few such all any other
		others only also even either neither no according following given originally recently eventually perhaps
		currently note see about upon various new much more less along above below behind beyond therein because due
		owing thanks since so as therefore thus hence through via using by after`},
	{link, `
		of the de del della der den di du da dos la le las los el al van von bin ibn ter und y`},
	{at, `
		in at near from to outside inside across throughout toward towards within around`},
	{breaker, `
		because although though while whereas but when if since owing therefore unless`},
	{connective, `
		for since until when during after before from double triple in to because due owing thanks since so as therefore thus hence through via using by after result results
		resulted resulting led leads lead leading cause caused causes causing reason reasons reasoned attributed
		prompted motivated fear help means is are was were refers refer referred known defined called stands term
		termed describes every each annually monthly weekly daily yearly hourly quarterly annual biennial twice per
		often usually frequently rarely regularly always sometimes occasionally seldom never`},
	{shortened, `
		mr mrs ms dr prof gen sen rep gov lt col capt sgt rev hon messrs mme msgr st jr sr vs no fig inc ltd corp co`},
	{title, `
		mr mrs ms dr prof gen sen rep gov lt col capt sgt rev hon messrs mme msgr sir lord lady dame madam pm premier
		pope saint sultan emir sheikh imam ayatollah rabbi father brother sister uncle aunt cardinal archbishop bishop
		prophet`},
	{role, `
		president minister secretary chancellor ambassador senator governor mayor congressman congresswoman king queen
		prince princess duke duchess emperor empress tsar czar khan shah count baron earl general admiral colonel
		captain major lieutenant sergeant commander marshal commissioner professor doctor judge justice chairman
		chairwoman chair ceo director chief leader founder inventor author writer poet novelist playwright journalist
		editor correspondent columnist critic historian philosopher theologian scientist physicist chemist biologist
		mathematician economist engineer architect artist painter sculptor designer photographer composer singer
		musician pianist actor actress comedian producer presenter host coach manager quarterback player striker
		cornerback linebacker athlete champion astronaut pilot explorer navigator missionary priest monk nun pastor
		reformer activist lawyer attorney physician surgeon nurse teacher student researcher analyst expert scholar
		officer official spokesman spokeswoman spokesperson diplomat envoy negotiator politician lawmaker soldier
		warrior businessman entrepreneur banker merchant wife husband son daughter mother cousin nephew grandson
		grandfather successor predecessor heir`},
	{people, `
		women men children people students teachers scholars scientists engineers workers farmers soldiers citizens
		residents leaders officials ministers members players fans critics historians researchers settlers immigrants
		refugees peasants nobles merchants traders slaves prisoners patients doctors nurses physicians pharmacists
		parents families users customers consumers voters taxpayers employees employers investors owners producers
		writers authors artists actors musicians experts analysts diplomats politicians lawmakers legislators senators
		judges lawyers priests monks bishops missionaries warriors troops forces rebels protesters activists
		volunteers astronauts economists parliament congress government police army commission court council public
		nobility clergy crew cabinet senate`},
	{given, `
		adam albert alan alex alexander alexandra alfred alice amy andrea andreas andrew angela ann anna anne anthony
		antonio arthur barbara ben benjamin bill bob brian bruce carl carlos carol caroline catherine charles
		charlotte chris christian christine christopher claire claude daniel david deborah dennis diana diego dmitri
		donald dorothy douglas edgar edmund edward edwin elena elisabeth elizabeth emily emma emmanuel eric ernest
		eugene eva fatima fernando francesco francis francisco franz fred frederick friedrich gabriel gary george
		gerald gerard giovanni giuseppe gustav hannah hans harold harry hassan heinrich helen henri henry herbert
		howard hugh hugo hussein ian ibrahim igor isaac ivan jacob jacques jakob james jan jane janet jason javier
		jean jeff jeffrey jennifer jens jeremy jerry jessica jim joan joe joel johan johann johannes john johnny
		jonathan jorge jose josé joseph joshua juan judith julia julian julie karen karl kate katherine kathleen keith
		ken kenneth kevin kim kurt larry laura lars lee leo leon leonard lewis linda lisa louis louise lucy luis luke
		magnus marco marcus margaret maria marie mario mary martha martin matthew maurice max michael michel miguel
		mike mikhail mohamed mohammad mohammed muhammad nancy napoleon nathan neil nicholas nick nicolas nikola
		nikolai oliver olga omar oscar otto pablo patricia patrick paul paula pedro peter philip philippe pierre
		rachel ralph raymond rebecca richard robert roberto roger roland ron ronald rosa roy rudolf russell ruth ryan
		sam samuel sandra sarah scott sergei sharon simon sofia sophie stanley stefan stephen steve steven stuart
		susan sven teresa terry theodore theresa thomas tim timothy tom tommy tony ursula vincent vladimir walter
		werner wilhelm william wolfgang xavier yitzhak yuri yusuf zoe ali ahmed abdul abdullah akira hiroshi kenji
		shinzo shigeru narendra rajiv indira wei xi jung jae moon ada marta ines lena nina clara`},
	{group, `
		inc ltd corp co organisation organization association union federation confederation league company
		corporation group holdings industries enterprises limited agency authority board committee department office
		bureau ministry service services institute institution foundation society trust fund university college
		academy school assembly party movement alliance coalition navy club team band orchestra studios studio records
		pictures entertainment media press news network networks television radio broadcasting channel systems
		technologies electric laboratories laboratory labs airlines airways motors partners brothers capital insurance
		church order bank secretariat`},
	{spot, `
		river lake sea ocean bay gulf strait mountain mountains hill hills valley desert forest island islands
		peninsula cape coast beach province county district region territory republic kingdom empire city town village
		borough street avenue road park garden gardens bridge station airport port harbour harbor stadium arena museum
		palace castle cathedral abbey temple tower hall hospital library hotel theatre theater centre center plaza
		canyon falls springs heights`},
	{spotStart, `
		mount fort san santa north south east west northern southern eastern western central upper lower`},
	{month, `
		january february march april may june july august september october november december jan feb mar apr jun jul
		aug sep sept oct nov dec monday tuesday wednesday thursday friday saturday sunday`},
	{relative, `
		last next early late later mid earlier previous past yesterday today tonight tomorrow recent`},
	{century, `
		first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth fifteenth
		sixteenth seventeenth eighteenth nineteenth twentieth`},
	{season, `
		spring summer autumn winter christmas easter ramadan midnight noon`},
	{number, `
		zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen
		seventeen eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety hundred thousand million
		billion trillion hundreds thousands millions billions dozen dozens m bn`},
	{scale, `
		hundred thousand million billion trillion hundreds thousands millions billions dozen dozens m bn`},
	{fraction, `
		half third thirds quarter quarters fifth fifths fourths tenth tenths`},
	{timeUnit, `
		year years month months week weeks day days hour hours minute minutes seconds second decade decades century
		centuries millennium millennia weekend nights generations yr yrs hrs min mins`},
	{unit, `
		metre metres meter meters kilometre kilometres kilometer kilometers km cm mm nm mile miles foot feet ft inch
		inches yard yards centimetres centimeters millimetres millimeters nanometers kilogram kilograms kg gram grams
		g mg tonne tonnes ton tons pound lb lbs ounces oz litre litres liter liters gallons hectares hectare acres
		acre sq square cubic degrees degree °c mph kmh hz khz mhz ghz watts watt kw mw gw volts volt amps bytes kb mb
		gb tb kbps mbps knots bar bars pascals newtons joules calories kcal hp horsepower barrels decibels db stories
		storeys`},
	{money, `
		dollar dollars euro euros pounds cent cents pence franc francs yen yuan won rupees shillings usd eur gbp kr
		crowns pesos marks roubles rubles`},
}

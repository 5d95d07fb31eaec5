"""Common first names in Latin letters: alone between commas or at the end of a sentence they address somebody.

Left out are names that shops use as words: months, colours, flowers, towns.
"""

from __future__ import annotations

_NAMES = """
aaron abdul abdullah abigail adam adrian ahmed aisha alan albert alejandra alejandro alex alexa alexander alexandra
alexis alfie alfred ali alice alicia alina alison allison alyssa amanda amelia amina amir amit amy ana anastasia
andre andrea andreas andrei andrew andy angela angelica angelina anil anita ann anna anne annette annie anthony
antoine anton antonia antonio anya archie aria ariana arjun arthur asha ashley asif astrid aurora ava barbara
beatrice becky ben benjamin bernard bernadette bethany betty beverly bianca bilal bill billie bjorn bob bonnie
brandon brenda brendan brian brianna bridget bronwyn bruce bruno bryan caitlin callum calum cameron camila camille
carl carla carlos carmen carol carolina caroline carolyn carrie catherine cathy cecilia cedric celeste celia cesar
chantal charles charlie chiara chloe chris christian christina christine christopher ciara claire clara clarissa
claudia clement colin connor conor corinne craig cristina curtis cynthia daisuke dan daniel daniela danielle danny
daphne darren dave david dawn dean debbie deborah deepak delia denise dennis derek desmond diana diane diego
dimitri dmitri dominic donald donna doris dorothy doug douglas dylan eddie edgar edith edward edwin eileen elaine
eleanor elena eli eliza elizabeth ella ellen ellie elsa emeka emil emilia emily emma enrique eric erica erik erin
esther ethan eugene eva evan eve evelyn fabian farah fatima felicity felix fernanda fernando fiona florian
francesca francesco francis francisco frank fred freddie frederick freya gabriel gabriela gareth gary gavin gemma
geoff george georgia georgina gerald gerard gina giovanni giulia gloria gordon graham greg gregory greta guillaume
gustavo gwen hamza hannah hans harold harriet harry harvey hassan heather hector heidi helen helena henrik henry
hiroshi holly howard hugh hugo hussein ian ibrahim imogen imran ines ingrid irene irina isaac isabel isabella
isabelle isla ivan jack jackie jackson jacob jacqueline jade jaime jake james jamie jan jana jane janet janice
jared jason javier jay jean jeff jeffrey jenna jennifer jenny jeremy jerome jerry jess jesse jessica jill jim jimmy
joan joanna joanne joe joel johan johanna johannes john johnny jon jonas jonathan jordan jorge jose joseph
josephine josh joshua joyce juan juanita judith judy julia julian juliana julie juliet julio justin justine kai
kaitlyn kamal kareem karen karin karina karl karolina kate katherine kathleen kathryn kathy katie katrina kayla
keith keisha kelly ken kenji kenneth kerry kevin khalid kieran kim kirsten kofi kristen kristin kristina kurt kwame
kyle lara larry lars laura lauren laurence layla leah leanne lee leila leo leon leonard leonardo leslie lewis liam
liana lidia lily linda lindsay lindsey lisa liz logan lorenzo lorraine louis louisa louise luca lucas lucia lucy
luis luisa luke lydia lynn maddie madeleine madison magda mahmoud malcolm mandy manuel marc marco marcus margaret
maria mariam mariana marie marina mario marion marisol marius marjorie marta martha martin martina marvin mary
mateo matt matteo matthew maureen maurice max maxine megan mehmet mei melanie melissa mia michael michaela michele
michelle miguel mikael mike mikhail miranda miriam mohamed mohammad mohammed moira molly monica monika morgan moses
muhammad nadia nancy naomi natalia natalie natasha nathan nathaniel neil nia niamh nicholas nick nicola nicolas
nicole nigel nikhil nikki nikolai nina noah noel noor nora norma norman olga oliver olivia oluwaseun omar oscar
owen pablo paige pamela patricia patrick paul paula pauline pavel pedro penelope penny peter petra phil philip
philippa phoebe pierre piotr pooja priya quentin rachel rafael rahul raj rajesh ralph ramon randy raquel raul ravi
raymond rebecca reece reggie renata renee rhys ricardo richard rick ricky rita rob robert roberta roberto robin
rodrigo roger roland ron ronald rory rosa rosalind rosemary roshni ross roxanne roy ruben rupert russell ruth ryan
sabrina sadie sally sam samantha samir samuel sandeep sandra sandy sanjay sara sarah scott sean sebastian selina
serena sergei sergio shane shannon sharon shaun shawn sheila shirley shreya sian siobhan simon simone sofia sonia
sophia sophie stacey stefan stefanie stella stephanie stephen steve steven stewart stuart sue sunil susan susanna
suzanne sven sylvia takashi tamara tania tanya tara tatiana taylor ted teresa terry tess theo theresa thomas tim
timothy tina tobias toby todd tom tomas tommy tony tracey tracy trevor tristan tyler ursula valentina valerie
vanessa vera veronica vicky victor vikram vincent vivian vladimir walter wanda wayne wendy wesley william wojciech
xavier yasmin yuki yusuf yvette yvonne zach zachary zainab zara zoe anneliese baptiste
"""
FIRST_NAMES = frozenset(_NAMES.split())

_BRANDS = """
calvin klein,tom ford,tommy hilfiger,tommy bahama,tommy john,ralph lauren,michael kors,kate spade,ted baker,paul smith,
hugo boss,jo malone,bobbi brown,charlotte tilbury,marc jacobs,stella mccartney,vera wang,vera bradley,jack daniels,
jack daniel,jack wills,jack jones,jack wolfskin,johnny walker,jim beam,harry potter,fred perry,ben sherman,laura ashley,
laura mercier,oliver bonas,oliver peoples,stan smith,chuck taylor,mary kay,mary poppins,elizabeth arden,
helena rubinstein,karl lagerfeld,jean paul,christian dior,christian louboutin,christian lacroix,kurt geiger,
alexander mcqueen,alexander wang,anna sui,anne klein,ann taylor,nina ricci,carolina herrera,max mara,max factor,
sam edelman,sam adams,samuel adams,steve madden,kenneth cole,donna karan,nicole miller,jessica simpson,taylor swift,
selena gomez,john deere,john lewis,john frieda,john varvatos,john smedley,george foreman,george home,james bond,
james dean,charles keith,charles tyrwhitt,charles worthington,thomas sabo,thomas pink,thomas kinkade,thomas tank,
thomas cook,peter rabbit,peter pan,peter thomas,roger vivier,robert graham,henry hoover,eddie bauer,philip stein,
philip morris,philip kingsley,patrick star,simon carter,russell hobbs,russell athletic,morgan stanley,betty crocker,
betty boop,marie claire,marie curie,ben jerry,frank green,oscar mayer,jimmy choo,jimmy dean,jimmy johns,gordon ramsay,
jamie oliver,martha stewart,rachel ray,julia child,david yurman,david austin,monica vinader,alexis bittar,
rebecca minkoff,rebecca taylor,joseph joseph,emma bridgewater,emma mattress,william morris,william sonoma,
daniel wellington,daniel craig,olivia burton,olivia garden,bruno magli,bruno banani,mario kart,mario bros,luca faloni,
marco polo,antonio banderas,roberto cavalli,sergio tacchini,annie sloan,claire accessories,dawn dish,julie vos,
kim crawford,lisa frank,liz claiborne,miranda kerr,naomi campbell,norma kamali,patricia nash,stuart weitzman,
suzanne somers,tim hortons,timothy oulton,todd snyder,tyler candle,walter white,madame tussauds,louis vuitton,
louis philippe,lewis leathers,leo burnett,kevin murphy,bob marley,elvis presley,michael jackson,michael jordan,
kyle busch,logan paul,jake paul,martin guitars,lee jeans,lee cooper,lee kum,luke combs,scott bikes,kim possible,
amy winehouse,paula choice,adam audio,victor hugo,hans zimmer,julius meinl,karen millen,karen walker,karen kane,
katie loxton,linda farrow,lucy yak,maria nila,molly mesh,nick jr,paige jeans,robin hood,rosa parks,ruby tuesday,
sean john,shannon airport,sofia coppola,tony moly,tony bianco,vince camuto,vivian lou
"""
BRANDS = frozenset(name.strip() for name in _BRANDS.replace("\n", " ").split(","))
"""First and last word of names that are a maker's, a figure's or a work's."""

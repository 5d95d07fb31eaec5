"""First and last names of many countries in Latin letters."""

from __future__ import annotations

_FIRST = """
aadhya aahana aakash aaliyah aanchal aarav aaron aarti aashish abby abdel abdul abdulla abdullah abel abena abhay
abhijit abhinav abhishek abigail abraham adaeze adam adaobi addison adebayo adebola adedayo adekunle adele ademola
adeola adeyinka adhi adil aditi aditya adnan adrian adriana adrien adrienne adrián adunni afolabi afua agata agatha
agnes agnieszka agus agustín ahana ahmad ahmed ahmet aidan aiden aigul aiko aileen aimee ainsley aisha aisling
aitana aiyana ajay ajit akash akemi akhil akiko akinwale akira akosua akshara akshay alain alan alana alannah
alasdair alastair albert alberto alden aldo alec alejandra alejandro alejo alek aleksander aleksandr aleksandra
aleksei alena alessandra alessandro alessia alessio alex alexander alexandra alexandre alexei alexey alexis alfie
alfons alfonso alfred alfredo alia alice alicia alina alisha alison alistair aliyah aliza allan allen allie allison
alma alok alonzo alper althea alvaro alvin alyona alyson alyssa amadou amaka amal aman amanda amani amara amarachi
amari amarjit amaya ambika ambrose amelia amelie amena ami amie amina aminata aminu amir amira amit amita amitabh
amol amos amrit amrita amy amélie ana anahi anais anand ananda anant ananya anastasia anastasiya anatoly anaïs
anders andre andrea andreas andreea andrei andrej andres andrew andrzej andré andrés andy anette anfisa angela
angelica angelina angelique angelo anggun angus angélica anh anika anil anindita anirudh anish anisha anita anitha
anjali anjana anke ankit ankita ankur ann anna annabel annabelle annalise anne annegret anneke anneliese annelise
annette annie annika anoop anouk ansel anselm ansgar anshul anthea anthony antje antoine antoinette anton antonella
antonia antonina antonio antonis anu anurag anusha anushka anya aoife aoto aparajita aparna arantxa archana archie
arda aria ariadna ariadne ariana arief arielle arif arijit arindam aristide arjit arjun arkady arlene arlo armand
armando arnab arnaud arnav arne arnold aron arpita arran artem arthur arti artur arturo artyom arun arunima arvind
arvinder aryan asep asha asher ashima ashish ashleigh ashley ashok ashton ashutosh ashwin ashwini asif aslı asma
asmita astrid asuka athena atsuko atsushi atul aubrey audrey augustine aurelia aurelie aurélie ava avani avantika
avery avi avinash ayaan ayaka ayako ayame ayan ayesha ayla aylin ayodeji ayodele ayotunde ayse aysel aysha aytaç ayu
ayumi ayush ayça ayşe aziz aziza azucena babajide babak babasola babatunde babita bakari balaji balarabe baldev
balwinder bambang bamidele baptiste barak barb barbara barbora baris barkha bart bartosz barış basant bastian
bastien batuhan bayu beata beatrice beatrix beatriz becky begoña bekir belinda bella belén ben benedict benedikt
benicio benita benito benjamin benny benoit beppe berenice berk berkay bernadette bernard bernardo bernice bernie
bert bertha beryl bess beth bethany betsy bettina betty beverly beyza bhagwan bharat bhaskar bhavana bhavesh bhavin
bhavna bhupinder bhuvan bianca bibiana bilal billie billy bindu binta bipin birgit birte bjarne bjorn björn blaine
blake blanca bob bobbie bobby bogdan bogdana bolaji bolanle boleslaw bonnie boris boyd bozena brad braden bradley
brady bram branden brandon branko braxton brayden brenda brendan brendon brent brett brian briana brianna bridget
brielle brigid brigitta brigitte brijesh brittany brock brody bronislaw bronwyn bruce bruna bruno bryan bryce bryn
brynn budi bukola burak burcu burkhard buse byron bárbara cade caden cael cahya caitlin caitlyn cale caleb calixto
callie callum calogero calum calvin cameron camila camilla camille camilo canan candace candela candice cansu
caoimhín capucine cara carina carl carla carlo carlos carlotta carlton carly carmela carmelo carmen carmine carol
carole carolin carolina caroline carolyn carrick carrie carsten carter carys casey casimiro cassandra cassidy cassie
catalina catarina caterina cathal catherine cathleen cathy catrin catrina cayetano cecil cecile cecilia cecilie
cedric celestine celia celine cem cengiz cesar cesare chad chaim chaitanya chandan chandra chandrika chantal
chantelle charlene charles charlie charlize charu charulata chaya cherise cheryl chester chetan chetna chiamaka
chiara chidi chidiebere chidinma chigozie chihiro chika chike chinedu chinelo chinmay chinonso chinwe chinyere
chioma chirag chitra chiyo chizoba chloe chloé chloë chris christa christel christelle christiane christie christina
christine christoph christophe christopher chuck chukwudi chukwuemeka chukwuma ciara ciaran cihan cillian cindy ciro
claire clara clarissa claudette claudia claudio clayton clemence clement clementine cleo clifford clint clinton
clive clotilde clyde colette colin colleen conceição concepcion concetta conchita connor conor conrad constance
constanza consuelo cora coral coralie cordelia corentin corey corin corinne cormac cornelia cornelius cory cosima
cosimo cosmin courtney craig cristian cristiano cristina cristobal cruz curtis cynthia cyril cyrille cyrus czeslaw
cécile céline daan dafydd dag dagmar dagobert dahlia daichi daiki daisuke dalia dalila daljit damian damien damilola
damián damla damon dan danica daniel daniela daniella danielle danika danilo danny dante daphne dara darcy daria
darian dario darius dariusz darlene darnell darragh darrell darren darryl darshan darshana darya daryl dashawn dave
david davide davina dawit dayna dayo deandre deanna debashish debbie deborah declan dedi deena deepa deepak deepali
deepika deepti deirdre deja delaney delfina delia delilah delores demetrius dena denis denisa denise deniz dennis
denny deon derek derrick deshawn desi desiree desmond detlef devansh deven devendra devika devin devon devorah dewi
dexter dhanush dharam dharmendra dhiraj dhruv diallo dian diana diane diarmuid didem diego dieter dietmar dietrich
dilara dilip dilys dimitri dina dinesh dinkar dionne dipak dipika dipti dirk divya divyansh dixie djibril dmitri
dmitriy dmitry dobromir dohyun dolores domenico dominic dominik dominika dominique donal donald donatella donato
donna donnie donovan doreen dorian doris dorit dorota dorothea dorothy doug dougal douglas dragan duane duncan
dustin dušan dwayne dwi dwight dyan dylan dörte eamon ebele eberhard ebony ebru eckhard edda eddie edelmira
edeltraud eden edgar edgardo edith edmond edmund edna edoardo edouard eduardo edward edwin edwina edyta efe efrain
efua egon ehrenfried eiji eiko eileen eilidh eirik eitan ejike eka ekaterina ekene elaina elaine eleanor elena eleni
eleonora elfriede eli elias elif elijah elina elinor elio elisa elisabeth elise eliseo elisha eliza elizabeth elke
ella ellen ellie elliot elliott ellis elma elmer elodie eloisa eloise elpidio elsa elsie elton elvan elvira elvis
elwood elzbieta elías emanuel emanuele emeka emeric emerson emiko emil emilce emile emilia emiliano emilio emily
emine emirhan emma emmanuel emmanuelle emmett emre encarnacion endang engin enid enitan ennio ennis enrico enrique
enver enzo ephraim ercan erdem erhan eric erica erick ericka erik erika eriko erin erkan ermanno ernest ernesto
ernst erol errol ertuğrul ervin erwin eryk esha esin esme esmeralda esperanza esra essie esteban estefania estella
estelle ester esther estrella ethan ethel etienne etsuko etta euan eugene eugenia eugenie eugeniusz eulalia eunice
eunji eva evan evangeline evelina evelio evelyn everett evgenia evgeny evren ewa ewald ewan eylül ezekiel ezequiel
ezra fabian fabien fabienne fabio fabiola fabián fabrice fabricio fabrizia fabrizio facundo fadime fahad faisal
faiza fajar falguni falk farah farhan farid farida faruk fatemeh fatih fatima fatimah fatimata fatma fatou faustine
faye fearghal federica federico fedor felicia feliciana feliciano felicity feliks felipe felix femi femke ferdinand
fergal fergus ferhat feride fermin fernanda fernando feyza fidel figen fikret filip filippo filiz filomena finbar
finlay finley finn finnegan finola fiona fiorella fiorenza fitri flavia flavie flavio fleur florent florentina
florian floriane floyd folake folasade folashade forrest frances francesca francesco francine francis francisco
franciszek franco francois franka frankie franz françois françoise frauke fred freddie frederic frederick frederico
fredrik freya frida frieda frieder friedhelm friedrich fritz frédéric fumiko fumio funda funke funmi funmilayo
furkan gabriel gabriela gabriele gael gaelle gaetano gaganjit gaja galih galina gamze ganesh gareth garima gary
gaspard gaspare gaurang gaurav gauri gautam gavin gavriel gayatri gayle gayoung gaël gbenga geeta geetha gemma
genevieve gennady gennaro genowefa geoff geoffrey george georgette georgiana georgie georgina georgios geraint
gerald geraldine gerard gerardo gerd gerda gerhard gerlando gerlinde germán gernot gerry gertrude ghislain giacomo
giada gianluca gianmarco gianna gianni gideon gil gilang gilbert gilda gilles gillian gina ginevra ginny gioacchino
gioele giorgia giorgio giorgos giovanni girish gisel gisela giselle giulia giuseppe giuseppina gizem gladys glenda
glenn glenna gloria gloriana godfrey gonca gonzalo gonçalo gopal goran gordon goro gottfried gottlieb govind
graciela grady graham grainne grayson graziella greer greg gregor gregorio gregory greta gretchen grete grigory
griselda grzegorz guadalupe gudrun guillaume guillermo gulnara gulshan gunda gunjan gunnar gunther gurdeep gurjit
gurpreet gustavo gwen gwenaelle gwendolyn gwyn gwyneth gyorgy györgy gábor gérard gökhan gökçe gül gülay gülcan
gülsüm gülşen günter günther gürkan güven habib hadi hadiza hadley haeun hailey haim hakan hakeem hakim haldun haley
halil halima halime halina haluk hamid hamish hamza hana hanan handan hanna hannah hanne hannelore hannes hans
hansika harald hardeep hardik hari harikrishna harinder harish harjit harlow harold haroon harpreet harriet harrison
harro harry harsha harshad harshit harshita hartmut hartono haruka haruki haruko haruna haruto harvey hasan hasna
hassan hatice hattie hauwa hayden hayley hayriye heather hector hedda hedwig heidi heidrun heike heiko heiner
heinrich heinz helen helena helga hella helmut heloise hemant hemanth hemlata hendra henk henning henri henrietta
henriette henrik henrique henry henryk herbert heriberta heriberto herman hermann hermine hermione hernan hester
hetal hidayat hidekazu hideki hideo hieu hikari hilal hilario hilary hilda hildegard hillary himani himanshu hina
hinata hiro hiroaki hirofumi hiroki hiromi hironori hiroshi hiroto hisako hitesh hitoshi hoang holger hollie honoka
honore horace horatio horst hortencia hortense howard hubert huda hugh hugo huong huseyin hussein huyen hyacinth hye
hyun hyunwoo héctor hélène hülya iago iain ian ibironke ibrahim ibukun idowu idris ifeanyi ifedayo ifeoma ignacio
igor ike ikechukwu ikenna ikram ilaria ilhan ilias ilka ilker ilknur ilona ilse ilya iman imani imelda immacolata
imogen imogene imran ina indira indrajit ines inessa inez inga inge ingeborg ingo ingrid inigo inna inès inês ioana
ioannis iolanda iona ionut ipek iqbal ira irek irem iremide irene ireneusz iria irina irma irmgard irving irwan
irwin isaac isabeau isabel isabella isabelle isaiah isak isamu isha ishaan ishan ishita isidora isidro isla ismael
ismail ismet isobel isolde issa istvan istván itsuki itzel iva ivan ivana ivanka ivonne iván iwan iwo iwona iyabo
izabela izabella izzet jaan jacek jacinta jacinto jackie jackson jacky jaclyn jacob jacobo jacqueline jacques jada
jaden jadwiga jagdeep jagdish jagjit jagoda jagruti jaime jake jakob jakub jalen jamal jameela jamel james jameson
jamie jamil jamila jamison jana janaki jane janelle janet janette janice janina janine janna jannik janusz jared
jarek jarod jaroslav jaroslaw jarvis jasmin jasmina jason jasper jaspreet jaswinder jatin javid javier jaxon jaya
jayant jayanti jayden jayesh jaylen jayne jayson jaywant jazmin jean jeanette jeanine jeanne jeannie jeannine
jedidiah jeevan jeff jeffery jeffrey jelena jemima jemma jenna jennie jennifer jenny jens jensen jeong jeremiah
jeremias jeremy jermaine jeroen jerome jeronimo jerry jerzy jess jesse jessica jessie jesus jesús jethro jia jignesh
jiho jihoon jihye jill jim jimin jimmy jin jiri jisoo jitendra jitesh jiwon jiwoo jiří jo joachim joan joanie joann
joanna joanne joao joaquim joaquin joaquina joaquín jocelyn jocelyne jochen jodi jodie joe joel joelle joey johan
johann johanna johannah johannes john johnathan johnnie johnny joko jolanda jolanta jolene jolie jon jonas jonathan
joni jonna jonás joost jordi jorge jorgen jose josef josefa josefina josefine joseph josephine josh joshua josiane
josie josip joss jost josue josé jovan joyce jozef joão joël juan juanita judah judd jude judie judith judy juergen
jules julia julian juliana juliane julianna julianne julie julien juliet julieta julio julita julián jumoke junichi
junko jurgen justin justina justine justyna jutta jyothi jyoti jérôme jörg jørgen jürg jürgen kaan kabir kacey kadek
kaden kadin kaede kaelyn kahlil kai kaia kailash kaitlin kaitlyn kaito kaja kajal kalani kaleb kali kalpana kalyani
kamal kamala kamalesh kamil kamila kamini kana kanako kanchan kane kanika kaori kaoru kapil kara karan kareem
kareena karen karim karima karin karina karl karla karlheinz karli karlo karol karolina karsten karthik karthika
kartik kartika karuna kashif kashyap kasia kasimir kaspar kassandra katarina katarzyna kate katelyn katerina
katharina katharine kathe katherine kathi kathleen kathrin kathryn kathy katia katie katja katrin katrina katsuya
katy kaushik kaveri kavita kavya kaya kayla kaylee kaylin kayode kazimierz kazuhiko kazuhiro kazuki kazuko kazuma
kazuya keanu keegan kehinde keiichi keiko keir keira keisha keisuke keith kelechi kellan kelli kellie kelly kelsey
kemal kenan kendall kendra kendrick kengo kenia kenichi kenji kenna kennedy kenneth kenta kentaro kenza kerem kerri
kerry kerstin keshav ketan ketut kevan kevin keziah khadija khadijah khaled khalid khalil khanh khloe khoa khushi
kiaan kian kiana kiera kieran kieron kiley killian kim kimberley kimberly kimiko kinga kingsley kiran kirill kirk
kirsten kirsti kirstie kirsty kirti kishan kishore kiyoshi klara klaus klavdia knut kofi kohei koichi koji
kolawole komal konrad konstantin konstantinos koray kornelia kostas kosuke kouta kris krishna krista kristen
kristian kristie kristin kristina kristoffer kristopher kritika krutika krystal krystyna krzysztof ksenia ksenija
kseniya kuba kuldeep kulwinder kumar kumiko kunal kunigunde kunle kurt kushal kwabena kwadwo kwaku kwame kwesi kyla
kyle kylie kyoko kyra kyung käthe kübra lacey lachlan ladislav laetitia laila laksh lakshmana lakshmi lale lalit
lalita lalitha lamar lamont lana landon lani lanre lara larisa larry lars laszlo lata lateefah latisha latoya laura
laurel lauren laurence laurent laurie lavanya lavinia lawrence laxmi layla layton lazaro leah leandra leandro leann
leanna leanne lech leda leela leena leif leigh leighton leila lekan leland lena lenka lennart lennon lennox lenny
leo leocadia leokadia leon leona leonard leonardo leonid leonie leonora leopold leopoldo leora leroy lesley leslie
lestari leszek leticia letitia levent lewie lewis lexi leyla lia liam lian liana libby lidia lidiya lieke liesel
lieselotte lila lilian liliana lilianne lilith lilli lillian lin lina linda lindsay lindsey linh linnea lino linus
lionel lisa lisandra lisandro lisbeth lise liselotte lisette liv livia livvy liz liza lizette lizzie ljubica ljubov
llewellyn lloyd logan lois lokesh lola lolita lonnie lora loraine loredana lorena lorene lorenza lorenzo loretta
lori loris lorna lorraine lothar lotte lottie lou louella louie louis louisa louise lourdes loïc luana lubomir luca
lucas lucia luciana luciano lucie lucien lucienne lucila lucile lucille lucinda lucio lucjan lucrezia lucy lucyna
lucía ludger ludivine ludmila ludovic ludovica ludwig luigi luis luisa luise lukas lukasz luke lukáš lulu luna lupe
luther lutz luz lyanne lydia lydie lyle lyndon lyndsey lynette lynn lynne lysander lyubov lászló léa léo maarten
mabel macarena maciej mackenzie macy madalena maddalena maddie madelaine madeleine madeline madelyn madhav madhavi
madhu madhuri madina mads mae maelle maelys maeve mafalda magali magalie magaly magda magdalena maggie magnus
mahendra mahesh mahima mahmoud mahmut maia maisie maite maja makayla makena makoto malachi malcolm malgorzata malik
malika malini mallika mallory mamadou mamoru mamta manabu manasi manav mandeep mandy manfred mangesh manish manisha
manju manjula manjunath manmohan manoj manpreet mansi manuel manuela mara marc marcel marcela marcelino marcella
marcelle marcello marcelo marcia marcin marco marcos marcus marek margaret margarida margarita margaux margery margo
margot margret margrethe mari maria mariah mariam mariama mariana mariano maribel marie marieke marija marika mariko
marilyn marin mario marion marisa marisela marisol marissa marit marius mariusz marjorie marjory marko markus marla
marlene marley marlies marlis marlon marlowe marsha marta martha martijn martin martina martine martino marty martín
marvin marwa mary maryam maryanne marybeth marzena maría masahiro masako masami masaru masashi masato masayuki masha
mason massimo mateja mateo mateusz mathias mathieu mathilda mathilde mathéo matias matilda matilde matt matteo
matthew matthias matthijs mattias matvei matvey matías maud maude maura maureen maurice mauricio maurizio mavis
maxence maxim maximilian maximo maxine maxwell mayank mayra mayu mayumi mayur mayuri maéva małgorzata mckenna
mckenzie mechthild meena meenakshi meera megan megha meghan meghana megumi mehdi mehmet mehul mehwish mei meike
meinhard melanie melchor melek melike melinda melis melisa melissa melita melodie meltem melvin mercedes meredith
meriem mert mervyn meryem meryl mesut mia micah michael michaela michal michał micheal michela michelangelo michele
micheline michelle michiko michio mickey midori mieczyslaw miguel mihir miho mikael mikaela mike mikel mikhail miki
mikkel mikko mikolaj milagros milan milana mildred milena milind milla millicent millie milos miloslav milton minako
minal mindy minerva minh minjun minna minoru minseo mirabel miranda mireille mirela mirella mireya miriam mirjam
miro miroslav miroslawa mirta misaki misha mitali mitch mitchell mithun mitra mitsuko miyako miyu miyuki mizuki mišo
modupe mohamad mohamed mohammad mohammed mohan mohini mohit mohsin moira moises molina molly momoka mona monali
moncef monica monika monique montse montserrat monty morag mordecai moritz morris morten moses mridul mridula
muhammad muhammed muhammet muhittin mukesh mukul muna murali murat muriel murray musa mustafa muthu mwende mya
mykola myles myra myriam myrna myrtle máire mónica müge nada nadeem nader nadezhda nadia nadine nadira nadja nadya
nagisa nahla naila naima nalini namie namita namrata nanami nancy nandini nanette naoki naoko naomi naoto naoya
naoyuki narayan narendra naresh narges narinder nasir nasreen nasser nastasia natacha natalia natalie nataliya
natalka natalya natan natasa natasha nathalie nathan nathanael nathaniel natsuki natsumi naveen navin navneet nayan
nayara nayeli nazan nazli nazzareno nduka neal necati neelam neeraj neerja neeta neha nehemiah neil nelida nell
nellie nelson nena nereida nerys neslihan nesrin nestor nevaeh neve neville nevin newton ngoc ngozi nguyen nhung nia
niall niamh nicanor niccolo nicholaos nicholas nichole nicholle nicki nicky nicola nicolas nicolasa nicole nicoletta
nicolette nicolás niels nigel nihat nika nikhil nikita nikki niklas niko nikodem nikola nikolai nikolaos nikolas
nikolay nilesh nilgün nilima nils nilsa nimish nimisha nina nino niraj niranjan nirav nirmala nisarg nisha nishant
nishi nita nitesh nitin nitish nivedita niyati njeri njoroge nkechi nkem nneka noah noam noboru nobuko nobuyuki noel
noelia noelle noemi noemie nolan noni nonso noor noora norbert noreen norene noriko norma norman norwood nouf noura
noël nuala nuno nunzia nur nuray nurcan nuria nurul nyambura nyasha nyla nyoman obdulia obinna oceane octavia
octavio odalys odessa odette odile odinaka ofelia oghenekaro oisin okan okechukwu oksana oktay olabisi oladipo olaf
olamide olanrewaju olawale olayinka oleg olegario olek oleksandr olena olga olha oliver olivia olivier oliviero
oliwia ollie olof olubunmi oluchi olufemi olufunke olumide olusegun oluwadamilola oluwakemi oluwaseun oluwaseyi
oluwatobi omar omari omayra omer omkar omolara omotola ondrej ondřej onur onyeka onyinye oona ophelia oran oreste
orhan orla orlando orson ortwin orville osagie osama osamu osman osvaldo oswald otmar ottavia ottilie otto oumar
ousmane owen oyinkan ozan oğuz pablo padma padmini padraig paige pallavi paloma pam pamela panagiotis pankaj
pankhuri paola paolo paramjit paras parineeti parisa parth parthiv parvati parveen pascal pascale pascaline pasquale
pasqualina patel patricia patricio patrick patrik patrizia patsy patti patty paul paula paulette paulina pauline
paulo pavel pavla pawan pawel paweł payal payton pedro peggy pei pelagia pelin penelope percival percy pernille
perrine pervez petar peter petr petra petronella petros petrus peyton phil philibert philip philippa phillip
phillipa philomena phineas phoebe phong phuc phuong phyllis pierluigi pierre pieter pietro pilar piotr piper pippa
piyush pola polina polly pooja porfirio portia prabhat prabhu prachi pradeep pradnya prafulla pragya prajakta
prakash pramod pranali pranati pranav pranay prasad prasanna prashant prashanth prateek pratibha pratik pratima
praveen praveena pravin preetha preethi preeti prem prerana prerna preyas primrose prisca priscilla prithvi priti
priya priyam priyanka priyansh prudence przemyslaw punam puneet purnima purvi pushkar pushpa putri pádraig péter
pınar qasim quang quentin quincy quinton quirino quoc quynh rachael rachana rachel rachelle radek radhika radoslav
radoslaw radu rae rafa rafael rafaela rafaella raffaele rafi raghav raghu raghunath rahel rahim rahma rahmat rahul
raimondo raimund raina rainer raisa raj rajan rajani rajashree rajat rajeev rajendra rajendran rajesh rajinder rajiv
rajkumar rajni rakesh rakhi ralf ralph ramachandran ramakrishna ramaswamy ramazan ramesh rameshwar ramiro ramon
ramona ramsay ramya randall randi randolph rania ranjana ranjeet ranjit ranveer raphael raphaela raphaël raquel
rashad rashid rashida rashmi rasmus ratna raul ravi ravinder ravindra ravindran raya rayan raymond rayna razia raúl
reba rebecca recep reece reena refik refilwe reggie reginald reid reika reiko reina reinaldo reinhard reinhold rekha
remedios remi remy rena renaldo renata renate renato renaud rene renee renè renée reshma reuben reva revathi reyansh
reyhan reyna reynald reza rhian rhiannon rhoda rhona rhonda rhys ria rianna ricarda ricardo riccardo richard richie
rick ricky rico riddhi ridley rieko rigoberta rigoberto rihanna riho rika riku rikuto riley rima rina rini risa
rishabh rishi rishika rita ritesh ritika riya rizky roan robbie robby robert roberta roberto robyn rocco rochelle
rocio rocío roddy roderick rodger rodion rodney rodolfo rodrigo rodrigue rogelio roger rohan rohini rohit roisin
roksana roland rolando rolf romain romana romane romina romualdo romy ron rona ronald ronaldo ronan ronda ronen roni
ronja ronnie roopa roopali rory rosa rosalba rosalia rosalie rosalind rosalinda rosalyn rosamund rosana rosanna
rosanne rosaria rosaura roscoe roseann rosella roselyn rosemary rosetta roshni rosie rosina roslyn ross rostislav
roswitha rotimi rowena roxana roxann roxanne roy roza ruaridh ruben rubina rubén ruchi ruchika rudi rudolf rudolph
rudy rufus rui rukayat rukhsana rukmini runa rupali rupert ruslan ruslana russel russell ruta rutger ruth ruthie
rutuja ryan ryo ryoichi ryoko ryosuke ryota ryszard ryuichi róisín rüdiger rüya sabina sabine sabitha sabri sabrina
sachi sachiko sachin sade sadhana sadia sadie sadio sadiq sadık sagar sahil saif saira sajid saki sakura salih salim
salima salisu sallie sally salma salman salome saloni salvador salvatore samantha samar samara samarth sameer
sameera samet samia samiksha samina samir samira samit sammie sammy samson samuel sana sandeep sandeepa sander
sandhya sandip sandra sandrine sandro sangeeta sangita sanjana sanjay sanjeev sanjib sanjiv sankalp sanna sanne
santiago santino santosh saori sapan sapna sara sarada sarah sarai saraswati saravanan sarika sarita sarla saroj
sarojini sasha saskia sathish satinder satish satomi satoshi satsuki saturnino satyam satyendra saul saumya saurabh
saverio savita savitri sayaka sayed sayuri saša seamus sean sebastian sebastiano sebastián sedat seema sefa segun
seiji sekou selami selcan selim selina selwyn semih semra senan seojun seoyeon serap seraphina serdar serena serge
sergei sergey sergio serhat serhiy serkan sertaç seth seung seungmin sevda severin severine sevgi sevil seyi seyma
sezen sezgin seán shabana shabnam shafiq shahid shahin shahnaz shaila shailaja shailendra shailesh shaina shakira
shakuntala shalini shamika shamima shan shana shanaya shanelle shania shanice shaniqua shankar shannon shantanu
shanthi shaquille sharad sharada sharanya sharif sharlene sharmila sharon sharron shashank shashi shaun shauna
shaurya shawn shawna shayla shayna shea sheela sheena sheetal shefali shehu sheila shekhar shelby sheldon shelia
shelley shelly sheri sherif sherman sherri sherrie sherry sherwin sheryl shigeru shikha shilpa shilpi shinichi
shinji shinya shiori shirley shiv shiva shivam shivangi shivani shivraj sho shohei shona shoshana shota shraddha
shreeya shreya shreyas shrikant shrinivas shruti shubha shubham shubhangi shunsuke shweta shyam shyama sian sibel
sid siddharth siddhi sidney sidra siegbert siegfried sieglinde sienna sigrid sigrun sigurd sikiru silas silke
silvana silvestre silvia silvio simisola simmi simon simone simonetta simran simón sinan sindhu sinead sinem siobhan
siobhán sissel sitara siti sivan siya sjoerd skylar slamet slavica slavko slawomir slobodan smita smriti sneha
snehal snezana snezhana sofia sofie sofía sohail soji solange soledad solene solomon solveig soma sonakshi sonal
sonali sonam sondra songül sonia sonja sonny sonya sophia sophie soraya soren sorin sota soumya soyeon spencer
spyros sridevi sridhar srikanth srinivas sriram stacey stacy stan stanislav stanislava stanislaw stanisław stanley
stavros stefan stefania stefanie stefanos steffen steffi stelios stepan stephane stephania stephanie stephanos
stephany stephen steve steven stevie stewart stig stina struan stuart stéphane subash subhash subodh suchitra suda
sudarshan sudeep sudesh sudha sudhir sufyan sugandha sugeng suhana suhas sujata sujay sukanya sukhdeep sukhwinder
sulaiman suleiman sulistyo sulochana sumaiya suman sumayyah sumedha sumit sumitra sunaina sundeep sunder sunghoon
sunil sunita suparna supriya suraj surendra suresh suri surinder surya susan susana susanna susanne sushant sushil
sushila sushma susi susie susumu suzana suzanne suzette suzy svein sven svenja sverre svetlana svyatoslav swapna
swarup swati sybil syd syed sylvain sylvester sylvia sylvie sylwester sylwia szymon sören søren süleyman sümeyye
tabitha tadashi tadeusz tadhg taeyang tahir tahira tahsin taichi taiki taisia taiwo taj takahiro takako takao
takashi takayuki takeshi takuma takumi takuya tala talal talia talitha tallulah tam tamaki tamar tamara tamika
tammie tammy tamsin tancredi taner tanguy tania tanisha tanishq tanja tanmay tansy tanuj tanushree tanvi tanya tapan
tara taral tarang taras tarek tareq tarik tarini tariq taro tarquinio tarun taryn tarık tasha tasneem tatiana
tatjana tatsuo tatsuya tatum tatyana tavares tayfun tayla taylah taylor tayo teagan ted tegan tejaswini temidayo
temitope tendai teodor teofilo terence teresa teresita terje terrance terrell terrence terri terry tess tessa tessy
tetsuya thabo thaddeus thaer thalia thandi thandiwe thanh thao thea theo theodor theodora theodore theodoros
theophile theresa therese thiago thibault thibaut thien thierry thijs thilo thinh thom thomas thomasina thorsten
thuy théo thérèse tiago tiana tiara tibor tiernan tiffany tijn tilda tilly tilman tim timmy timo timofey timothy
timur tina tine tineke tino titilayo tiziana toan tobi tobias tobiloba toby todd tokiko tokunbo tolga tolu tolulope
tom tomas tomasa tomasz tomislav tomiwa tommaso tomoe tomohiro tomoka tomoki tomoko tomomi tomoya tomás tomáš tonia
tonje tony tonya torben torsten toru toshiko toshio tosin tracey traci tracie tracy traudl travis trent trevor trey
tricia trina trinh trish trisha tristan trond trudi trudy truman trung trupti tsubasa tsuyoshi tuan tuba tufan
tullio tuncay tunde turgut tushar tuva tuyen tuyet tuğba tuğçe tycho tygo tyler tyrell tyrone tyson tzipora tülay
tülin ubaldo uche uchechi uchenna udit udo udoka ufuk ujjwal uju ulf uli ulises ulla ulrich ulrike umair umang umar
umberto umeko umesh umut unai upasana uriel urmila ursel ursula urszula urvashi uschi usha usman utami ute utkarsh
uwe uzma uzoamaka uzoma uğur vaclav vadim vaibhav vaibhavi vaishali vaishnavi valentin valentina valentino valeria
valerie valerio valery valérie vandana vanesa vanessa vanita vanshika vanya varsha varun varuni vasant vasanth
vasanthi vasco vasil vasile vasilis vasilisa vasily vasudev vasudha vasundhara vaughn ved vedat veena veera veit
velma veniamin venkat venkata venkatesh vera verena vern vernon veronica veronika veronique verónica vesna vianney
vibha vicente vicki vickie vicky victoire victor vidit vidur vidya viggo vighnesh vihaan vijay vijaya vijayalakshmi
vikas vikram viktor viktoria viktoriia viktoriya vilma vimal vimala vinay vinaya vinayak vince vincent vincenzo
vineet vineeta vinh vinit vinita vinnie vinod violeta violetta viorica vipin vipul viraj virgil virginie vishakha
vishal vishnu vishwanath vitaly vito vittoria vittorio viv vivaan vivek viveka vivian viviana vivianne vivienne vlad
vladimir vladislav vladislava vlado volkan volker volkmar volodymyr vrinda vsevolod vusi vytautas véronique víctor
věra waclaw wade wahid wahyu wakana waldemar wale walid wallace walt walter waltraud wambui wanda wangari wanjiru
waseem wasim wawan waylon wayne wei wendell wendi wendy wenzel werner weronika wesley weston whitney widya wiebke
wieslaw wieslawa wiktor wiktoria wilbert wilbur wilfred wilfrido wilfried wilhelm wilhelmina willa willard willem
willemijn william willie willis wilma winfried winifred winnie winona winston wiola wladyslaw wojciech wojtek
wolfgang woody wouter wulan wulf wyatt wynne xander xandra xanthe xaver xavier xena xenia ximena xiomara xochitl
xuan yaakov yadira yael yahaira yahir yahya yair yaira yajaira yakov yalçın yamini yamuna yan yana yanis yann
yannick yannis yanti yara yaren yaritza yaroslav yasemin yash yashika yashoda yashwant yasin yasir yasmin yasmine
yasuhiro yasuko yasuo yasushi yavuz yağmur yegor yehuda yejin yelda yelena yeliz yelizaveta yemi yemisi yesenia
yetunde yevgeny yiannis yinka yiğit yogendra yogesh yogita yohan yohann yohannes yoichi yoko yolanda yonatan yonca
yosef yoshi yoshiaki yoshiko yoshio yosuke yousef youssef ysabel yudai yudi yui yuichi yuina yuka yukari yuki yukie
yukiko yukina yuko yulia yulian yuliana yumi yumiko yuni yunus yuri yurika yuriy yusaku yusra yusuf yusuke yutaka
yuto yuuki yuuto yuval yuvraj yuya yuzuki yvette yvonne zac zach zachariah zachary zack zadie zafer zahir zahra zaid
zainab zainabu zaira zakariya zaki zander zane zarina zaynab zbigniew zbyszek zdenek zdeněk zdzislaw zeenat zeeshan
zehra zeinab zelda zeliha zelma zena zenon zephyr zerrin zeynep zhanna zia ziad zina zita zivile zlata zoe zofia
zoltan zoltán zora zoran zoya zoé zoë zsofia zubair zuhal zuleika zulema zuzana zuzanna zygfryd zygmunt álvaro ángel
åse çağlar élodie éric étienne éva íñigo óscar ömer önder özge özgür özlem øyvind úrsula ünal đorđe łukasz şebnem
şener şule željko živka
"""
FIRST_NAMES = frozenset(_FIRST.split())
"""First names that are hardly anything else."""

_WORDS_TOO = """
ada ali amar amber angel ariel art aurora autumn awa ayo bailey bala barbie basil bea berry berta bev bharti bill
bina blair bo brandy brisa brook buck buddy burt cal carson celeste chance chandler charity charlotte chase chelsea
chip christian citra clay cliff coco cody cole colt cooper crystal curt daisy dakota daksh dale dana dawn dean dee
della derya dev dex dimple dion dolly don dora dot drew duc duke dusty earl ece edi ege eko ember emel emin eve
faith fay fern flor flora florence forest frank gail garnet gay gen gene georgia ginger gita glen grace grant gray
griffin guido gus guy hank harley harmony harper haven hazel heath hoa holden holly homer hope hunter huy ida inci
indah indigo indu intan iris ivo ivy jack jade jai jan jasmine jay jeet jewel jordan joy juno kadir kari kat kelvin
ken keya kit kitty lan lance lee levi lilou lily lincoln lyn madison mai maki mana marina mark marshall max maya mees
mega
melody mercy merle merlin mick mika mila miles milo mimi mina mio mira misty miu mo moe morgan morgane nam nan nat
nga ngan nhi nick niek noa nora norm nova oakley olive olly omprakash ora orion oscar otis parker pat patience paz
pearl penny pepa perry pia pim pip poppy porter prabha preston prince princess putra quan quinn ram rana randy rashi
ratan rati raven ray reagan reed regina regis rei ren renu rex rhea richa rie rin ritu rob robin rocky rod roman
romeo rosario rose rowan royce ruby rupa rusty ryder sage sai sal salem salvo sam sandy sari savannah scarlet scott
seda selene selma shaan shane shay shin shun sierra sinta sky skye sloan sola sora sri stella sterling storm suat
sue suki summer sunny tad tanner tate tejas tia tien tito tommy topaz tori trang trinity troy tucker tulsi ty uma
uta utsav uttam val vance veer veli venus verity vic victoria vidhi viola violet vir virginia vita vivi ward warren
wes willow wit wren yasha yen yves zara zeki zoey zola
"""
WORDS_TOO = frozenset(_WORDS_TOO.split())
"""First names that are words, towns or things as well: they count with a capital only."""

_LAST = """
abdi abernathy abramov abubakar adams adebayo adeyemi agarwal aguilar ahmed ainsworth akhtar ali allen almeida
alvarado alvarez andersen anderson andersson andrade andre andrews ansari aoki appiah aquino araujo araújo armstrong
arnold arora arslan asante ashworth aslan assunção atkinson aydin aydın bailey bakker balogun banerjee baptiste
barbosa barlow barnes bautista beaumont begum bekele belanger bello bennett bergeron bertrand bevan bhatt bianchi
bickerstaff blackwood boateng bonnet bose bouchard boucher bowman boyd bradley brandt brennan bruno bryant buchanan
burke burton byrne bùi campbell cardoso carlson caron carr carroll carvalho castellanos castro celik chan chapman
chatterjee chaudhry chavez chen cheng cheung chevalier choi chopra choudhary chow chowdhury christensen chua chukwu
clark clement cohen coleman collins colombo conceição conti contreras correia crawford cruz cunningham daniels davis
dawson delacroix delgado demir desai deshmukh diaz dinh dixon dlamini dogan dominguez douglas doyle drummond dubey
dubois dumont duncan dunn duong dupont durand dvorak díaz dương edwards elliott ellis eriksson espinoza esposito
estrada evans farah faure feld ferguson fernandez fernández ferrari ferreira fischer fitzgerald flores fonseca
fontaine foster fournier fowler freeman friedman fujii fujita fukuda fung gagnon gallagher gallo garcia garcía
garnier garrett garza gauthier georgiou ghosh gibson gilbert girard goh goldberg goldstein gomes gomez gonzales
gonzalez gonzález gonçalves gordon gough graham greco greenberg greene griffin griffiths größer guerin guerrero
gupta gustafsson gutierrez gutiérrez guzman gómez haddad haile halim hansen hanson hargreaves harris harrison
hartmann harvey hasegawa hashimoto hassan hawkins hayashi hayes henderson hernandez hernández herrera hicks hidayat
hoang hobbs hodgson hoffman hoffmann hofmann holloway holmes hopkins horvat horváth howard howell hudson hughes
hussain hussein hutchinson huynh hwang hồ ibrahim ibáñez ikeda inoue ishii ishikawa islam ivanov iyer jacobs jain
james jang jansen janssens jenkins jensen jimenez jiménez johansson johnson johnston jones joshi jovanović jäger
jørgensen kamau kaplan kapoor karlsson kato katz kavanagh kaya kelley kelly khan khanna khoury khumalo kilic kim
kimani kimura kjær kobayashi kondo korhonen kovac kovačević kovács kowalczyk kowalski krause krishnan kristiansen
krüger kulkarni kumar kusuma kuznetsov kwok kwon köhler kılıç lambert larsen larson larsson lau laurent lavigne
lawrence lawson lee lefebvre lefevre legrand lehmann leung levy lewandowski lewis li lindberg lindqvist lindsay
lindstrom lindström llewellyn lockwood lombardi lopez lucas lynch lê lópez macdonald mackenzie macleod maes makinen
maldonado malhotra malik mancini mansour marchetti marino marquez marshall martin martinez martins martínez masson
mathieu matsuda matsumoto matthews mcbride mccarthy mccormick mccoy mcdonald mcgregor mcintyre mckenna mclaughlin
mclean medina mehta meier meijer mejia mendez mendoza menon mensah mercier mertens meyer miller mirza mishra
mitchell miura mohammed mokoena moore morales moreau moreira morel moreno moretti morgan morin morris morrison
mukherjee mulder muller munoz murakami murphy murray musa mutua muñoz mwangi myers müller nagy naidu nair nakagawa
nakamura nascimento nasser nasution ndlovu neumann ng nguyen nguyễn ngô nichols nicolas nielsen nieminen nikolaidis
nikolić nilsson nishimura njoroge nkosi nnamdi nolan nordström novak nowak nunez nwosu nørgaard núñez obi obrien
ocampo ochieng oconnor odonnell ogawa okada okafor okamoto okonkwo okoye oliveira olsen olson olsson oneill ordóñez
oreilly ortega ortiz osei osman osullivan otieno owens owusu ozturk padilla pandey papadakis papadopoulos patel
patil patterson payne pedersen peeters pelletier pemberton pena pereira perez perkins perrin perry persson peters
peterson petrosyan petrov petrović pham phan phillips phạm pierce pillai poon popov powell pritchard pérez quinn
qureshi raghunathan rahman ramirez ramos ramírez rao rasmussen ray reddy rees reid reyes reynolds ribeiro ricci
richards richardson richter riley rivera rizzo roberts robertson robinson rodrigues rodriguez rodríguez rogers rojas
romano romero rosenberg ross rossi rousseau roussel ruiz russell russo ryan sahin saito sakamoto salazar saleh
sanchez sanders sandoval santiago santoso sargsyan sasaki sato schmidt schmitt schneider schröder schultz schulz
schwartz schwarz schäfer seo setiawan shah shapiro sharma shaw sheppard shimizu siddiqui silva simanjuntak simmons
simpson sinclair singh siregar sjöberg smirnov smit smith snyder sokolov sorensen soto souza spencer stein stephens
stevens stewart subramanian suharto sullivan sutherland suzuki svensson svoboda szabo szabó sánchez söderberg
sørensen tadesse takahashi tanaka teixeira teo thakur thomas thompson thornton tiwari tolentino torres toth tran
tremblay trivedi truong trần tsang tse tucker tóth valdez varga vargas vasquez vaughan venkatesan verma villanueva
virtanen visser volkov vázquez vũ wagner wallace walsh wang wanjiku warren warsame watanabe watkins watson weber
weiss welch werner whitfield whittaker wijaya willems williams williamson willis wilson wisniewski wojcik wong
wright yadav yamada yamaguchi yamamoto yamazaki yang yildiz yilmaz yip yoon yoshida yusuf yıldız zielinski
zimmermann zulu álvarez åberg çelik öberg öztürk đặng đỗ şahin šimić
"""
LAST_NAMES = frozenset(_LAST.split())
"""Last names that are no everyday words."""

_LAST_TOO = """
abbott baker banks bell best bird bishop black bond bright brooks brown burns bush butler carpenter carter case
church cole cook cooper crane day drake dyer early english field fields fisher flowers forest fox french frost
fuller gardner glover gold golden good gray green grey hall hardy hart hill hunt hunter king knight lamb lane law
little long love low marsh mason may merry mills monk moody moss noble page palmer park parker peacock pond pope
porter potter power powers price rice rich savage sawyer sharp shepherd short silver skinner slater song stone
strand strong summers swan swift temple thatcher turner tyler walker ward weaver weeks wells west white winters wise
wolf wood woods young
"""
LAST_TOO = frozenset(_LAST_TOO.split())
"""Last names that are everyday words: only after a first name."""

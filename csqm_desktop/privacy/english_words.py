"""English words that are no names, though they stand where names do or are written with a capital."""

from __future__ import annotations

_EVERYDAY = """
a about above absolutely acer actually adelaide adidas admin adult afghanistan africa after afterpay again agent
air airbnb airpods airport alaska albania aldi alexa algeria alibaba aliexpress all already alright also always
am amazing amazon america american amex amsterdam an and android ankara anker another antwerp any anybody anyone
anything anyway apartment app apparently apple appointment apr april aramex are argentina argos arizona arkansas
armani armour arrived arriving as asda asia asian asics asked assistant asus at athens atlanta attached auckland
audi aug august auspost austin australia australian austria avenue awaiting awesome awful babe baby back bad bag
bags balance baltimore bamboo bangalore bangkok bangladesh bank barcelona basically basket battery be beats
because been before beijing being beko belfast belgium belkin below bentley berlin best bestbuy better billing
bing birkenstock birmingham bissell black blank block blue bluetooth bmw bolivia booking bosch boss boston bot
both bought box boxes boxing boys brand brass braun brazil brazilian breville brighton brilliant brisbane bristol
britain british bro broke broken bronx bronze brooklyn brother brown browser brussels bubble budapest buddy
building bulgaria burberry busan but button buy buyer by bye cadbury cairo calgary california call called
cambodia cambridge camera cameroon can canada canadian cancel cannot canon cant capetown cardiff care carrefour
carrier cart cash cashmere casio center central centre ceramic certificate certified champion chanel chart chat
checking checkout cheers chengdu chennai chevrolet chevy chicago child chile china chinese chipotle chongqing
christ christmas chrome chromebook church city claim clarks class clearance clearpay cleveland click client
closed coca code cola collection college cologne colombia color colorado colour columbia come company complaint
concerning concierge conditions confirmed congrats congratulations connecticut contact container contract
converse cool copenhagen copper corp correct corsair cortana costa costco cotton could council country coupon
courier court cpu cracked crate crazy credit croatia crocs cuba cuisinart currys customer customers customs cyber
czech dalian dallas damaged danish darling dashboard date day days dear debit dec decathlon december definitely
delaware delayed delhi delivered delivery dell delonghi delta denim denmark dented denver departed department
deposit dept desk detroit dhaka dhl did diffuser dior disappointed discount discover dishwasher disney dispute
diwali dji do doctor does doesn't domestic dominos don't done dont door doordash down dpd dr driver dryer dubai
dublin dude due dutch duvet dyson each early east easter easyjet ebay echo economy ecuador edinburgh edition
egypt eid either electrician else email emirates empty enclosed england english enquiry envelope epson error
escalation esim estonia ethernet ethiopia etsy europe european ever every everybody everyone everything evri
exactly excel excellent exchange expedia expired export express facebook faded fans fantastic fastway faulty feb
february fed fedex feedback feels fila finally fine finland finnish firefox first fitbit fits flash flat fleece
floor florida foam folks for ford forever fossil france frankfurt free freezer freight french fri friday friend
friends from fujifilm full fully fyi galaxy gap garmin geneva gentlemen german germany gets getting ghana gift
girls glad glasgow glass gls gmail go god going gold gone good goodness google gopro gosh got gpu grand granite
gray great greece greek green grey group grubhub guangzhou guarantee guatemala gucci guest guide guys had haier
half halloween hamburg hampshire hangzhou hanoi hanukkah happening happy hardly has hates have having hawaii hdd
hdmi he head heavens held hello help helsinki her here hermes hers hey hi high hilton him his hisense hollywood
home homedepot honda honestly honey hoover hopefully horrible hospital host hot hotel hotmail hour hours house
houston how however huawei humidifier hun hungary hyatt hyderabad hyundai i i'd i'll i'm i've iceland idaho if
ikea ill illinois im imac import important in inbox inc independence india indian indiana indonesia info inn
inquiry instagram instead insurance intel international invalid invoice ios iowa ipad iphone ipod iran iraq
ireland irish is isn't israel istanbul it it's italian italy item items its jabra jaguar jakarta jamaica january
japan japanese jbl jeep jersey jesus johannesburg jordans jul july jun june junior just kansas karachi kazakhstan
keep kellogg kentucky kenwood kenya kettle keurig kfc kid kids kind kindle kindly kingston kitchenaid kitty
klarna know knows kolkata kong korea korean krakow kroger kuwait kyiv kyoto labor labour lace ladies lads lagos
lahore land landlord lane lao large las last late later latest latvia lcd leaking leasing leather lebanon led
leeds left lego lenovo lens less let level levis licence license lidl like likes limited line linen link linksys
linux lisbon lite literally lithuania little live liverpool llc loan lobby locker login logitech lol london long
looks los lost lots louisiana love loves low lower lowes ltd lufthansa lululemon lunch luxembourg lyft lyon mac
macau macbook macos madam madame madrid maestro mail mailroom main maine make malaysia mall man manager
manchester mango manhattan manila manual many mar marble march market marriott marseille marvel maryland
massachusetts mastercard mate mates max may maybe mazda mcdonalds me mechanic melbourne member membership
memorial memory memphis men mens menu merry mexican mexico miami michigan microsoft miele milwaukee mine mini
minneapolis minnesota minutes miss missing mississippi missouri misspelled misspelt mlb model moderator mon
monday monitor montana month montreal more morning morocco mortgage moscow most motorola mouse mr mrs ms much
mumbai munich must my myanmar n nairobi name nanjing naples nashville nebraska need needs neighbor neighbour
nepal nespresso nest nestle netflix netgear netherlands nevada never new news next nice nigeria night nike nikon
ninja nintendo nissan no nobody nokia none noon nope north northface norway norwegian not nothing notification
nottingham nov november now number nurse nutella nvidia nylon oak obviously oct october of off offer office ohio
ok okay oklahoma old oled oman omega on once one oneplus online only ontario ontrac open opened operator oppo
optional or orange order ordered oregon oreo osaka oslo other ottawa otterbox our out outlet outlook over
overnight own owner oxford package packed packing page paid pakistan pallet panama panasonic paraguay parcel
parcelforce parent paris park part parts passport password patagonia pay payment paypal pending pennsylvania
people pepsi perfect perhaps perth peru philadelphia philippines philips phoenix phone pine pink pittsburgh pixel
plastic platinum playstation plaza please pls plumber plus points poland policy polish polyester porsche portland
porto portugal portuguese post postal prada prague premium preparing price prime priority privacy pro problem
processing product profile promo puma purifier purolator purple qatar qingdao quebec queens question quick
ramadan rather rating rattan razer really realme receipt received reception red reebok refund refurbished
regarding regards registered replacement reply representative request required reservation resident resolved
return returns review reward rewards ridiculous right ring ripped road rolex rom romania rome roomba rotterdam
rover royal rubber runs russia russian ryanair safari safe safeway said saigon sainsbury's saint sale sales same
samsung san sandisk santa sat satin saturday saudi save say says school scotland scottish scratched seagate
seattle security see seiko seller senior sennheiser sent seoul sept september serbia series seriously server
service services set settings several seville shanghai shark sharp she sheffield shein shelf shenzhen ship
shipped shipping shop shopify should shrunk siemens sign signin signup silicon silk silver sim since singapore
sir siri sirs sister size sized skechers skype slack slovakia slovenia small smeg smells so sold solved some
somebody someone something sony soon sorry sounds south southwest spain spanish spare special spelled spelt
spotify ssd stained stainless standard starbucks started statement station steel still stockholm stop store
street stripe stuck student stuff subaru subscription subway such suede sunday super support sure survey suzhou
sweden swedish sweetie swiss switzerland sydney system tai taipei taiwan take tampa tanzania taobao tape target
tastes teacher team teams technician teen tefal telecom telegram tell temu tenant tennessee terms terrible tesco
tesla texas thai thailand thank thanks thanksgiving that that's the their them then there these they they're
thing this those though thu thur thurs thursday tianjin ticket tiktok till timberland time titanium to toaster
today today's toddler together tokyo told tomorrow tomorrow's tonight too torn toronto toshiba total town toyota
tracking transaction transfer transit trash trial tried tripod true trustpilot try tue tues tuesday tunisia turin
turkey turkish twice twitter two type type-c uber ubereats uganda ugg ukraine ultra unacceptable unbelievable
under understood unicom uniqlo unisex unit united university unknown until up update upgrade ups upset upstairs
urgent uruguay us usa usb usb-c use used useless user username usps usual utah valencia valentine valentines
valued vancouver vans vegas velvet venice venmo vermont versace very veterans via vienna vietnam visa visitor
vitamix vivo volkswagen volvo voucher vs wait waiting wales walmart walnut wants wardrobe warehouse warm warranty
warsaw was washer washington wayfair we we're webpage website wechat wed wednesday week weekend well wellington
welsh went were west westfield what whatever whatsapp when where which while whirlpool white who whoever whole
why wi-fi wifi will windows wisconsin wish with withdrawal within without women womens won't wonderful wooden
wool word working works worries worse worst would wow wrangler wrap wrong wuhan wyoming xbox xiamen xiao xiaomi
yahoo yellow yep yes yesterday yesterday's yet yodel york you you're your yours youtube zambia zara zelle
zimbabwe zoom zurich
"""
EVERYDAY = frozenset(_EVERYDAY.split())

_THINGS = """
account adapter address airport album app avenue backpack bag bakery bar bay beach bed beer belt bike biscuits
blanket blender book bookcase boot boots bottle bracelet bread bridge bundle cable cafe cake candle card cards chair
charger church classic clinic coat coffee collection college concert cookies costume county court cream
curtain cushion desk doll dress drill drive earrings edition email fan film filter foundation fridge game grill
guitar hammer headphones heater helmet hill hills hoodie hospital hotel inquiry island jacket jean jeans juice
keyboard kit knife lamp lane laptop line lipstick lotion mattress mirror mix mixer model movie mug necklace oil
order oven pack palace pan park payment perfume pharmacy phone pillow plaza polish polo poster powder printer pub
purse query racket restaurant rice ring river road router rug sauce saw scarf school series serum set sets shampoo
sheets shirt shirts shoe shoes size skirt sneakers soap sofa speaker square state statement station store stores
street suit suits table tablet tea tee tel ticket tickets tires top tote tour towel toy trainers trousers tyres
university vacuum version vinyl wallet watch wine
"""
THINGS = frozenset(_THINGS.split())
"""What follows a maker's, a figure's or a place's name."""

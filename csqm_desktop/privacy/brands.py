"""Makers, shops, figures and works whose names look like a person's."""

from __future__ import annotations

_BRANDS = """
adam audio,adele tour,alexander mcqueen,alexander wang,alexis bittar,alice olivia,amy winehouse,ann taylor,
anna sui,anne klein,annie sloan,antonio banderas,ariana grande,aunt bessie,aunt jemima,barbie and ken,
ben and jerry,ben jerry,ben nevis,ben sherman,betty boop,betty crocker,billie eilish,billy eilish,bob marley,
bob the,bobbi brown,britney spears,bruno banani,bruno magli,bruno mars,bugs bunny,calvin klein,captain morgan,
carolina herrera,cath kidston,charles keith,charles tyrwhitt,charles worthington,charlotte tilbury,
chester drawers,christian dior,christian lacroix,christian louboutin,chuck taylor,claire accessories,
claude monet,daisy duck,daniel craig,daniel wellington,david austin,david yurman,dawn dish,diane von,
don julio,donald duck,donna karan,dora the,dorothy perkins,dr pepper,dua lipa,earl grey,ed sheeran,
eddie bauer,elf beauty,elizabeth arden,elton john,elvis presley,emma bridgewater,emma mattress,emma willis,
estee lauder,frank green,fred perry,frida kahlo,gemma collins,george foreman,george home,gianni versace,
giorgio armani,gordon ramsay,granny smith,guy laroche,guy ritchie,hans zimmer,harry potter,helena rubinstein,
hello kitty,helmut lang,henry hoover,hong kong,hugo boss,issey miyake,jack daniel,jack daniels,jack jones,
jack wills,jack wolfskin,jake paul,james bond,james dean,jamie oliver,jason wu,jean paul,jessica simpson,
jil sander,jim beam,jimmy choo,jimmy dean,jimmy johns,jo browne,jo loves,jo malone,joe browns,john deere,
john frieda,john lewis,john smedley,john varvatos,johnny walker,jose cuervo,joseph joseph,julia child,
julie vos,julius meinl,justin bieber,karen kane,karen millen,karen walker,karl lagerfeld,kate middleton,
kate spade,katie loxton,katy perry,kenneth cole,kevin murphy,kim crawford,kim kardashian,kim possible,
king charles,kurt geiger,kyle busch,kylie jenner,lady gaga,laura ashley,laura mercier,lee cooper,lee jeans,
lee kum,leo burnett,leonardo davinci,levi strauss,lewis hamilton,lewis leathers,linda farrow,lisa frank,
little debbie,liz claiborne,logan paul,louis philippe,louis vuitton,luca faloni,lucky brand,lucy yak,
luke combs,luke skywalker,mac mini,madame tussauds,marc jacobs,marco polo,maria nila,marie claire,marie curie,
marie kondo,mario bros,mario kart,marks and spencer,marks spencer,martha stewart,martin guitars,martin luther,
mary kay,mary poppins,max factor,max mara,michael jackson,michael jordan,michael kors,mickey mouse,miffy,
miller harris,minnie mouse,miranda kerr,molly mesh,monica vinader,morgan stanley,mr clean,naomi campbell,
neal yard,nick jr,nicole miller,nina ricci,norma kamali,oliver bonas,oliver peoples,olivia burton,
olivia garden,olivia rodrigo,oscar mayer,paddington bear,paige jeans,patricia nash,patrick star,paul smith,
paula choice,penhaligon,peppa pig,peter pan,peter rabbit,peter thomas,philip kingsley,philip morris,
philip stein,philipp plein,prince george,prince harry,rachel ray,rachel riley,ralph lauren,rebecca minkoff,
rebecca taylor,rick owens,rihanna fenty,robert dyas,robert graham,roberto cavalli,robin hood,roger vivier,
rosa parks,rosetta stone,ruby tuesday,russell athletic,russell hobbs,sabrina carpenter,saint laurent,
sally hansen,salvatore ferragamo,sam adams,sam edelman,samuel adams,sara lee,sarah lund,scott bikes,sean john,
selena gomez,sergio tacchini,shannon airport,simon carter,sofia coppola,stan smith,stanley bottle,stanley cup,
stanley mug,stanley tumbler,stella mccartney,steve madden,stuart weitzman,suzanne somers,taylor swift,
ted baker,thierry mugler,thomas and,thomas cook,thomas kinkade,thomas pink,thomas sabo,thomas tank,thomas the,
tim hortons,timothy oulton,tina turner,todd snyder,tom and jerry,tom ford,tommy bahama,tommy hilfiger,
tommy john,tony bianco,tony moly,tory burch,trader joe,tyler candle,uncle ben,vera bradley,vera wang,
victor hugo,victoria secret,vince camuto,vincent van,vivian lou,walter white,william morris,william sonoma,
winnie pooh,winnie the,yves saint
"""
BRANDS = frozenset(name.strip() for name in _BRANDS.replace("\n", " ").split(","))
"""The words with which such names begin."""

_OWNED = """
annie's arby's barney's burt's carter's claire's denny's dick's domino's jerry's jimmy's joe's kohl's levi's lowe's
macy's mcdonald's newman's papa's reese's sainsbury's sam's victoria's wendy's
"""
OWNED_BRANDS = frozenset(_OWNED.split())
"""Makers and shops that are written as if a person owned something."""

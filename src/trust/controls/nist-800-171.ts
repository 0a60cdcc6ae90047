/**
 * NIST SP 800-171 revision 2, all 110 requirements by their numbers; the names are ours, not the standard's sentences.
 * Number, state, rules that meet it, our name, and what the operator does or what lacks.
 */
export const NIST_800_171 = `
3.1.1  | partly   | Z4 Z7 Z10 Z12 | Only who is known gets in | to the books; accounts of the machine, and --sign-in offered on it, are the operator's
3.1.2  | product  | Z2 Z4 Z12 Z17 D2 | Each does what their role may |
3.1.3  | partly   | Z11 Z12 Z15 Z97 | Controlled data flows where it may | firm by firm, and of an order to the people of its compartment; other records have no compartments, and what flows over the network is the operator's
3.1.4  | partly   | Z2 Z61 Z63 Z68 | Duties are held apart | by role, and by person where people sign in; whether four eyes are required each party says itself, and duties outside of the books are the operator's
3.1.5  | partly   | Z2 Z6 Z12 P77 | No more rights than the work asks | commands, reading and tokens; accounts of the machine are the operator's
3.1.6  | operator |               | Ordinary work under ordinary accounts | gives administrators a second person with an ordinary role, and an account of the machine to nobody else
3.1.7  | partly   | Z2 Z8 Z3 Z63 T24 | Privileged acts are for few, and on the books | what the machine's owner does is marked; who only states who they are (--sign-in offered) is not held to the table
3.1.8  | product  | Z36           | Failed attempts to get in are limited |
3.1.9  | operator |               | A notice before use | shows its notice at the proxy or in the browser's start page; the product shows none
3.1.10 | operator |               | Screens lock | locks the screens of its workstations; the product hides nothing after a while
3.1.11 | partly   | Z7 Z30 Z84    | Sessions end by themselves | after twelve hours, or five minutes after a directory says so; none ends because nobody did anything
3.1.12 | partly   | A40 Z40 Z52   | Remote access is watched | requests are told in the log, refusals counted, sessions listed and ended; the operator watches its remote access
3.1.13 | partly   | A15           | Remote access is encrypted | TLS is served or ended by the operator's proxy; only on a validated module does it count (--fips)
3.1.14 | operator |               | Remote access by few ways in | leads all access through one proxy
3.1.15 | partly   | Z2 Z8 Z63     | Privileged acts from afar are allowed one by one | the table says who, and two people where a party asks for it; the operator says from where
3.1.16 | operator |               | Wireless is allowed before it is used | decides on its wireless networks
3.1.17 | operator |               | Wireless is protected | encrypts and authenticates its wireless networks
3.1.18 | operator |               | Mobile devices are admitted one by one | manages the phones beside the scales
3.1.19 | operator |               | Controlled data on mobile devices is encrypted | encrypts the phones beside the scales; a browser there keeps what waits to be sent
3.1.20 | partly   | Z50 Z96       | Ties to outside systems are known | tokens are in the pack, webhooks are listed to each party; what for is the operator's to agree
3.1.21 | operator |               | Portable media elsewhere | rules how backups and packs are carried
3.1.22 | operator |               | Nothing controlled is published | decides what it publishes; a passport states what its SPEC lists and nothing else
3.2.1  | operator |               | Risks are made known to people | trains its people
3.2.2  | partly   | Z70 Z71       | People are trained for their duties | who touches devices that hold data has a training on the books that has not lapsed; training is the operator's
3.2.3  | operator |               | Insider threat is recognised | trains its people
3.3.1  | partly   | P21 P41 A40 Z100 Z102 | Records from which acts can be followed are kept | of what is done, refused and read; the log of requests is kept by the operator
3.3.2  | partly   | Z3 Z60 C50    | Each act leads to one person | what is stated without sign-in (--sign-in offered, or on a data folder) stands as unverified; a token of nobody leads to the token
3.3.3  | operator |               | What is logged is looked over | reviews what is logged, and notes that it did
3.3.4  | partly   | P22 A23       | A log that fails is noticed | without its entry nothing is done; the operator watches standard error
3.3.5  | partly   | Z50 P40       | Records are brought together | the pack holds books and refusals together; logs of other systems are the operator's
3.3.6  | product  | Z50 Z52 T60   | Records are reduced to reports |
3.3.7  | partly   | P9            | Clocks agree | time on the books never runs backwards, a jump is refused; the operator sets the machine's clock
3.3.8  | product  | P21 P74 L2    | Records are guarded against change |
3.3.9  | product  | P77 P74       | Few can manage the logging |
3.4.1  | partly   | T13 Z50       | What is installed is known | of the product; the machine's inventory is the operator's
3.4.2  | partly   | Z50           | Settings for safety are kept | the pack tells how the server runs; what it should be is the operator's
3.4.3  | operator |               | Changes are followed and approved | approves each upgrade; CHANGELOG tells what changed
3.4.4  | operator |               | Changes are thought through for safety first | reads CHANGELOG, tries an upgrade on a restored backup
3.4.5  | partly   | P77 P20       | Who may change the system | migration is its owner's alone; access to the machine is the operator's
3.4.6  | partly   | E6 A12        | Nothing more than is needed runs | of the product; the rest of the machine is the operator's
3.4.7  | partly   | E6 A15        | Ports and services not needed are closed | the database has no port, pages run nothing from elsewhere; the rest of the machine is the operator's
3.4.8  | operator |               | Only allowed software runs | allows software on the machine by a list
3.4.9  | operator |               | What users install is watched | watches the machine
3.5.1  | partly   | Z1 Z3 Z5 Z83  | People and devices are told apart | by ids of people and tokens; who only states who they are (--sign-in offered) stands as unverified
3.5.2  | product  | Z5 Z10 Z32 Z34 Z82 | Who one is, is proved |
3.5.3  | partly   | Z31 Z34       | A second factor | a passkey verifies who holds it, a password goes with a code; a directory asks for what it asks for, and a token, also one of a person, is one factor
3.5.4  | partly   | Z31 Z34 Z81   | A login cannot be played again | challenges and codes are taken once; a bearer is sent each time, under TLS, and one that was seen holds until it is ended
3.5.5  | product  | Z1            | Names of people are not used again |
3.5.6  | gap      |               | Names that rest are shut | nothing ends a person because nobody came; sessions and tokens end by their date, and reviews tell who is there (Z73)
3.5.7  | partly   | Z33           | Passwords are hard to guess | twelve characters, and not what would be tried first; a new one is not held against the one before
3.5.8  | gap      |               | Passwords are not used again | of earlier passwords nothing is kept, so that a new one may be one of them; passkeys and directories have none
3.5.9  | product  | Z37 Z38       | First passwords are changed | there are none: a link is taken once, and what is made by it is its holder's own
3.5.10 | partly   | Z5 Z33 Z34    | Passwords are kept and sent protected | as scrypt or digests alone; on the way the operator's TLS protects
3.5.11 | partly   | T18 Z35       | What is typed is not shown | at the command line, nor is it said which part was wrong; a browser hides what is typed into its field
3.6.1  | partly   | Z75           | Incidents are handled | each has whose it is, a role and a day, and is closed with its cause and what was put right; handling is the operator's
3.6.2  | partly   | Z75           | Incidents are reported | they are kept and shown as overdue; telling those outside is the operator's
3.6.3  | operator |               | The answer to an incident is tried | exercises it; restoring a backup is tried by the product (store P57)
3.7.1  | operator |               | Maintenance is done | maintains the machine
3.7.2  | operator |               | Maintenance is under control | controls tools and people of maintenance
3.7.3  | operator |               | Equipment leaves without data | wipes what leaves; for customers' devices see intake
3.7.4  | operator |               | Media for tests are checked | checks media before they are used on the machine
3.7.5  | operator |               | Maintenance from afar asks for more than a password | protects its access to the machine
3.7.6  | operator |               | Maintainers are watched | accompanies maintainers
3.8.1  | partly   | P55 E6        | Media with controlled data are protected | backups can be encrypted, the data folder is its user's alone; disks are the operator's
3.8.2  | operator |               | Few can reach media | locks media away
3.8.3  | partly   | N9 N10        | Media are cleared before they are let go | customers' devices, by record; the operator's own media are not
3.8.4  | operator |               | Media are marked | marks media
3.8.5  | operator |               | Media on the way are accounted for | keeps account of backups that are carried
3.8.6  | partly   | P55           | Media on the way are encrypted | backups by age, whose algorithms no validated module has: under --fips the operator encrypts
3.8.7  | operator |               | Removable media are under control | controls removable media
3.8.8  | operator |               | No portable media without an owner | forbids them
3.8.9  | partly   | P55 P57 Z15   | Backups keep their secrets | where a recipient is named, and always of books with a compartment; where they are kept is the operator's
3.9.1  | partly   | Z70 Z71       | People are screened | who touches devices that hold data has a screening on the books that has not lapsed; screening is the operator's
3.9.2  | partly   | Z7 Z42 Z86    | Who leaves is out | within ten seconds, once an administrator or their directory says so; keys of the house are the operator's
3.10.1 | operator |               | Few can come to the machines | locks its rooms
3.10.2 | operator |               | The building is protected and watched | watches its building
3.10.3 | operator |               | Visitors are accompanied | accompanies visitors
3.10.4 | operator |               | Who came is logged | logs who comes
3.10.5 | operator |               | Locks and keys are managed | manages locks and keys
3.10.6 | operator |               | Other places of work are protected | protects work at home and on the road
3.11.1 | operator |               | Risks are weighed | weighs its risks from time to time
3.11.2 | operator |               | Weak spots are looked for | scans the machine, and the SBOM (trust sbom) against known faults
3.11.3 | operator |               | Weak spots are mended | upgrades in time
3.12.1 | partly   | Z53 Z50       | Controls are assessed | this map and the pack are the product's part; the assessment is the operator's
3.12.2 | operator |               | Plans to mend what lacks | plans for each gap of this map
3.12.3 | partly   | P40 A42       | Controls are watched all the time | audit, figures and trial restores; who looks is the operator
3.12.4 | operator |               | A plan of system security | writes it; configuration, keys and duties of the pack are its annexes
3.13.1 | partly   | A12 E6 Z97    | The boundary is protected | foreign hosts and pages are refused, the database has no port, webhooks reach nothing inside; the firewall is the operator's
3.13.2 | product  | A5 A9 P77     | Built to be safe |
3.13.3 | partly   | P77 Z2 T25    | Using and managing are apart | a role of the database owns and another serves, and firms can forbid the owner's commands; the machine's command line is the operator's to guard
3.13.4 | partly   | P111 Z12      | Nothing passes by shared resources unseen | the database itself divides who reads what, and answers tell nothing of others; one process and its memory serve both firms
3.13.5 | operator |               | What is public stands apart | puts what is public into a network of its own
3.13.6 | operator |               | Traffic is denied unless allowed | sets its firewall so
3.13.7 | operator |               | No split tunnels | sets its remote access so
3.13.8 | partly   | A15           | What is sent is encrypted | TLS by the product or the proxy; the operator must turn it on
3.13.9 | partly   | A25           | Lines end when they are done | slow and silent requests are ended; an event line lasts as long as its page
3.13.10 | partly  | P61 C50 C53   | Keys are kept and managed | sealed, rotated, revoked by entries; where the key file lies is the operator's, and no hardware module is built in
3.13.11 | partly  | Z57 Z54       | Validated cryptography | --fips refuses to start without it; under which number it was validated is the operator's to show, and verification and age stay outside of it
3.13.12 | operator |              | Cameras and microphones tell that they are on | the product asks a browser for the camera, which shows it; devices are the operator's
3.13.13 | product | A15           | Code that travels is under control |
3.13.14 | operator |              | Voice over the network | is not the product's
3.13.15 | partly   | Z5 A12 Z81 Z82 | Sessions are who they say | bearers, same-site cookies, and what a directory sends back; that the server is the right one is told by the operator's TLS
3.13.16 | partly  | P61 P55       | What lies still is encrypted | signing keys and backups; the database's files need an encrypted disk
3.14.1 | operator |               | Faults are mended in time | upgrades; CHANGELOG and SBOM tell of what
3.14.2 | operator |               | Malicious code is kept out | protects the machine; nothing in a file that is given is run
3.14.3 | operator |               | Warnings are heard | follows advisories of Node, PostgreSQL and packages
3.14.4 | operator |               | Protection is kept up to date | updates it
3.14.5 | partly   | A13 A6        | Files from outside are scanned | they are limited, never run, and shown as downloads; they are not scanned for malware
3.14.6 | partly   | A42 A40       | Attacks are watched for | figures and log; who watches is the operator
3.14.7 | partly   | Z52 A40       | Use that is not allowed is found | refusals are counted by day, route and who; unusual use that is allowed is not looked for
`;

/** ISO/IEC 27001:2022, Annex A, all 93 controls by their numbers; the names are ours, not the standard's sentences. */
export const ISO_27001 = `
5.1  | operator |              | Policies | writes, approves and reviews them
5.2  | partly   | Z1 Z2        | Who answers for what | roles of the loop are a table; those of the firm are the operator's
5.3  | partly   | Z2 Z61 Z63 Z68 | Duties apart | by role, by person where people sign in, and looked for by the audit; whether four eyes are required each party says itself, and duties outside of the books are the operator's
5.4  | operator |              | Leaders ask for it | asks its people to keep the rules
5.5  | operator |              | Authorities are known | knows whom to call
5.6  | operator |              | Others of the trade are known | keeps in touch
5.7  | operator |              | Threats are followed | follows them
5.8  | operator |              | Safe projects | asks for safety in each project
5.9  | partly   | T13 Z50      | What there is | the product lists its packages, keys, tokens and people; other assets are the operator's
5.10 | operator |              | How it may be used | says so
5.11 | operator |              | What is given back | takes back what leavers hold
5.12 | partly   | Z15          | Information by class | an order can be placed in a compartment of named people; nothing else on the books carries a class
5.13 | gap      |              | Labels | nothing is labelled by class; an order in a compartment and sample data alone are marked
5.14 | partly   | C4 P55 Z97   | Handing over | passports are signed, backups can be encrypted, webhooks go over https to public addresses alone; agreements are the operator's
5.15 | partly   | Z2 Z4 Z10 Z12 | Access is ruled | commands and reading, by one table and by right; rules for rooms, machines and other systems are the operator's
5.16 | partly   | Z1 Z3 Z37 Z83 | Identities | people, tokens and people of a directory are registered by entries; with --sign-in offered who only states who they are stands as unverified
5.17 | partly   | Z5 Z32 Z33 Z34 Z38 | What proves one | passkeys, passwords with codes and bearers, told once and kept as what they hash to; that people keep them to themselves is the operator's
5.18 | partly   | Z7 Z8 Z73 Z50 | Rights are given, reviewed, taken | all on the books and in the pack, with whose review is due; looking is the operator's
5.19 | operator |              | Safe suppliers | chooses and watches them
5.20 | operator |              | Agreed with suppliers | agrees on safety with them
5.21 | partly   | T13 T61      | The chain of software | SBOM with digests, licences; looking for known faults is the operator's
5.22 | operator |              | Suppliers are looked at again | reviews them
5.23 | operator |              | Cloud | rules its use; nothing here asks for one
5.24 | operator |              | Ready for incidents | plans for them
5.25 | partly   | Z75          | Events are judged | anybody opens an incident; judging it is the operator's
5.26 | partly   | Z75          | Incidents are answered | each has whose it is, a role and a day, and is shown as overdue; answering is the operator's
5.27 | partly   | Z75          | Learnt from incidents | each is closed with its cause and what was put right; learning from it is the operator's
5.28 | product  | P41 P76 Z50  | Evidence is gathered and kept whole |
5.29 | operator |              | Safe while disrupted | plans for it
5.30 | partly   | P57 E13      | Ready to go on | backups are restored to try them, a database that fell is started again; the plan is the operator's
5.31 | operator |              | Laws and contracts | knows what binds it
5.32 | partly   | T61          | Rights of authors | licences of packages are checked; the operator's other software is its own
5.33 | product  | P21 P40 P50  | Records are kept |
5.34 | partly   | Z1 Z42 Z43   | Personal data | people stand by ids without meaning, names are told within their party, and people can be erased; free text and serials of customers cannot be erased yet
5.35 | operator |              | Looked at by others | lets others look
5.36 | operator |              | Rules are kept | checks that they are
5.37 | operator |              | Written procedures | writes its own; docs/guides are the product's, and tests run their commands
6.1  | partly   | Z70 Z71      | Screening | who touches devices that hold data has a screening on the books that has not lapsed; screening people is the operator's
6.2  | operator |              | Terms of work | puts it into contracts
6.3  | partly   | Z70 Z71      | Training | who touches devices that hold data has a training on the books that has not lapsed; training people is the operator's
6.4  | operator |              | Discipline | has a way
6.5  | partly   | Z7 Z42 Z86   | When work ends | access ends at once, for people of a directory when it says so; the rest is the operator's
6.6  | operator |              | Silence agreed | has it signed
6.7  | operator |              | Work elsewhere | protects it
6.8  | partly   | Z75          | Events are told | anybody who signed in opens an incident or a complaint; another way to tell is the operator's
7.1  | operator |              | Perimeter | walls and doors
7.2  | operator |              | Entry | controls who enters
7.3  | operator |              | Offices | secures them
7.4  | operator |              | Watched | watches its premises
7.5  | operator |              | Fire, water, power | protects against them
7.6  | operator |              | Secure areas | rules work there
7.7  | operator |              | Clear desks and screens | asks for them
7.8  | operator |              | Where equipment stands | places it well
7.9  | operator |              | Equipment elsewhere | protects it
7.10 | partly   | N9 P55       | Media | customers' by record, backups can be encrypted; its own media are the operator's
7.11 | operator |              | Power and the like | provides for failure
7.12 | operator |              | Cables | protects them
7.13 | operator |              | Upkeep of equipment | maintains it
7.14 | partly   | N9 N10       | Equipment is cleared before it goes | customers' devices; its own are the operator's
8.1  | operator |              | Users' devices | manages them
8.2  | partly   | Z2 Z8 Z63 T25 P77 | Privileged rights | an administrator is held to the table, and to two people where a party asks for it; the machine's owner is let be until a firm forbids it, and who only states who they are (--sign-in offered) is not held to the table
8.3  | product  | Z4 Z10 Z11 Z12 Z13 | Access to information is limited |
8.4  | operator |              | Source code | the source is open to read; who may change what runs is the operator's
8.5  | product  | Z31 Z33 Z34 Z35 Z36 | Safe sign-in |
8.6  | product  | A24 A26 A42  | Capacity |
8.7  | operator |              | Malware | protects the machine; nothing that is given is run
8.8  | partly   | T13          | Known weak spots | the SBOM says where to look; looking is the operator's
8.9  | partly   | Z50          | Settings | the pack tells how it runs; what it should be is the operator's
8.10 | gap      |              | Erasing | nothing on the books can be erased by rule yet; documents are kept for ever
8.11 | product  | L3 C7        | Masking | what a bundle does not disclose is a header alone; names of feeds are pseudonyms
8.12 | partly   | Z11 Z12 Z15 Z100 | Leaks | each firm reads its own, and what a compartment holds its people alone; reading is logged, and who may read can carry it off
8.13 | product  | P50 P57      | Backup |
8.14 | partly   | J3 A23       | Redundancy | several servers may serve one database; that it is there twice is the operator's
8.15 | partly   | P21 A40 T60 Z100 | Logging | what is done, refused and read; who looks at it is the operator
8.16 | partly   | A42 Z52 Z68  | Watching | figures, refusals, and who confirmed what they did themselves; who watches is the operator
8.17 | partly   | P9           | Clocks | time never runs backwards on the books; the machine's clock is the operator's
8.18 | partly   | P77 T25      | Powerful tools | who serves cannot change an entry, and firms can forbid the owner's commands; the owner's command line is the operator's to guard
8.19 | partly   | T13          | What is installed | by a lockfile with digests; the machine is the operator's
8.20 | operator |              | Networks | secures them
8.21 | partly   | A15 E6       | Network services | TLS, no port of the database; the rest is the operator's
8.22 | operator |              | Networks apart | separates them
8.23 | operator |              | Web filter | filters what its people browse
8.24 | partly   | Z54 Z57 C50  | Cryptography | one list of what is used for what, keys by entries; the policy is the operator's
8.25 | operator |              | Safe development | asks it of who develops for it; CONTRIBUTING.md says how the product is made: rule, test, code
8.26 | product  | A5 A6 A9     | Safety asked of the application |
8.27 | product  | A9 P77 L2    | Safe architecture |
8.28 | product  | A9 A13       | Safe code |
8.29 | product  | P75 C10      | Tests of safety | forgeries and tamperings are tried at each test
8.30 | operator |              | Development by others | oversees it, where it has any done
8.31 | operator |              | Test and production apart | keeps them apart: --data names another folder, sample books are marked
8.32 | partly   | P20 P32      | Changes | books migrate whole or not at all; approving is the operator's
8.33 | product  | Z9           | Data for tests | the sample is made up, and its people are offered on sample books alone
8.34 | product  | P46          | Audits disturb nobody |
`;

/** SOC 2, the common criteria (CC series) of the Trust Services Criteria 2017, by their numbers; the names are ours. */
export const SOC_2 = `
CC1.1 | operator |              | Integrity is lived | its leaders set and live values
CC1.2 | operator |              | A board looks on | its board oversees control
CC1.3 | partly   | Z1 Z2 Z72    | Who answers for what | roles, duties and substitutes of the loop are on the books; the firm's own structure is the operator's
CC1.4 | partly   | Z70 Z71      | Able people | who touches devices that hold data has a training on the books; hiring, training and keeping able people is the operator's
CC1.5 | partly   | Z3           | Each answers for what they do | who did what is on the books; what follows from it is the operator's
CC2.1 | product  | L1 P41 P45   | Information is whole and right |
CC2.2 | operator |              | Told inside | tells its people what they are to control
CC2.3 | partly   | C7 C53 Z75   | Told outside | passports, bundles and lists of keys tell buyers, and complaints are opened by whoever signed in; what is told of incidents outside, and terms, are the operator's
CC3.1 | operator |              | Goals are clear | states its goals
CC3.2 | operator |              | Risks are found | finds and weighs its risks
CC3.3 | partly   | P75 C10 Z61 Z68 | Fraud is thought of | forgeries and tamperings are listed and tried, nobody who signed in confirms what they did; fraud outside of the books is the operator's
CC3.4 | operator |              | Changes are weighed | looks at each change of its business, and at CHANGELOG before an upgrade
CC4.1 | partly   | P40 P57      | Controls are looked at again and again | audit and trial restores run by themselves; reviews are the operator's
CC4.2 | operator |              | What lacks is told and mended | tells who must know, and mends
CC5.1 | partly   | Z53          | Controls answer risks | this map says what the product gives; choosing is the operator's
CC5.2 | product  | Z4 Z12 P21 P77 | Controls in the technology |
CC5.3 | operator |              | Rules are written and followed | writes policies and follows them
CC6.1 | partly   | Z4 Z12 Z34 P61 P111 | Access by right alone | commands by the table, reading by right, which the database holds too, and two factors of people; disks, network and accounts of the machine are the operator's
CC6.2 | product  | Z7 Z8 Z37 Z86 | People are let in and taken out by who may |
CC6.3 | partly   | Z2 Z50 Z72 Z73 | Rights follow the role, and are reviewed | by one table; reviews are entries, and whose is due is told; looking is each party's
CC6.4 | operator |              | Rooms are locked | locks rooms and machines
CC6.5 | partly   | N9 N10       | What is let go is cleared | customers' devices, by record; its own media are the operator's
CC6.6 | partly   | A12 Z10 Z36  | The boundary holds | foreign hosts and pages, who shows nothing, and too many tries are refused; proxy and firewall are the operator's
CC6.7 | partly   | P55 A15 Z15 Z97 | What moves is protected | backups are encrypted where a recipient is named, and always with a compartment; webhooks go over https; TLS where it is turned on
CC6.8 | partly   | A13 T13      | Foreign code is kept out | nothing given is run, packages are pinned by digest; the machine is the operator's
CC7.1 | partly   | T13 Z50      | Changes of settings and weak spots are found | SBOM and configuration are told; scanning is the operator's
CC7.2 | partly   | A42 A40 Z52  | What is unusual is watched for | figures, log and refusals; who watches is the operator
CC7.3 | partly   | Z75          | Events are judged | anybody opens an incident; judging what is seen is the operator's
CC7.4 | partly   | Z75          | Incidents are answered | each has whose it is, a role, a day, its cause and what was put right; answering is the operator's
CC7.5 | partly   | P52 P57 Z75  | Back to work after an incident | restoring is tried at each backup, and what was put right is on the books; the rest is the operator's
CC8.1 | partly   | P20 P32      | Changes are under control | books migrate whole or not at all, old entries keep their meaning; approving an upgrade is the operator's
CC9.1 | operator |              | Ready for disruption | plans for it, and insures
CC9.2 | partly   | T61 Z50      | Vendors are known | packages and what runs are listed with licences; its other vendors are the operator's
`;

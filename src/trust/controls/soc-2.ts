/** SOC 2, the common criteria (CC series) of the Trust Services Criteria 2017, by their numbers; the names are ours. */
export const SOC_2 = `
CC1.1 | operator |              | Integrity is lived | its leaders set and live values
CC1.2 | operator |              | A board looks on | its board oversees control
CC1.3 | partly   | Z1 Z2        | Who answers for what | roles and duties of the loop are a table; the firm's own structure is the operator's
CC1.4 | operator |              | Able people | hires, trains and keeps able people
CC1.5 | partly   | Z3           | Each answers for what they do | who did what is on the books; what follows from it is the operator's
CC2.1 | product  | L1 P41 P45   | Information is whole and right |
CC2.2 | operator |              | Told inside | tells its people what they are to control
CC2.3 | partly   | C7 C53       | Told outside | passports, bundles and lists of keys tell buyers; incidents and terms are the operator's to tell
CC3.1 | operator |              | Goals are clear | states its goals
CC3.2 | operator |              | Risks are found | finds and weighs its risks
CC3.3 | partly   | P75 C10      | Fraud is thought of | forgeries and tamperings are listed and tried; fraud outside of the books is the operator's
CC3.4 | operator |              | Changes are weighed | looks at each change of its business, and at CHANGELOG before an upgrade
CC4.1 | partly   | P40 P57      | Controls are looked at again and again | audit and trial restores run by themselves; reviews are the operator's
CC4.2 | operator |              | What lacks is told and mended | tells who must know, and mends
CC5.1 | partly   | Z53          | Controls answer risks | this map says what the product gives; choosing is the operator's
CC5.2 | product  | Z4 P21 P77   | Controls in the technology |
CC5.3 | operator |              | Rules are written and followed | writes policies and follows them
CC6.1 | partly   | Z4 Z5 P61    | Access by right alone | commands are held to the table; reading is not divided between the firms yet, and there is no second factor
CC6.2 | product  | Z8 Z7        | People are let in and taken out by who may |
CC6.3 | partly   | Z2 Z50       | Rights follow the role, and are reviewed | by one table; the pack lists who holds what, reviews are the operator's
CC6.4 | operator |              | Rooms are locked | locks rooms and machines
CC6.5 | partly   | N9 N10       | What is let go is cleared | customers' devices, by record; its own media are the operator's
CC6.6 | partly   | A12 Z10      | The boundary holds | foreign hosts and pages, and who shows nothing, are refused; proxy and firewall are the operator's
CC6.7 | partly   | P55 A15      | What moves is protected | backups encrypted where a recipient is named, TLS where it is turned on
CC6.8 | partly   | A13 T13      | Foreign code is kept out | nothing given is run, packages are pinned by digest; the machine is the operator's
CC7.1 | partly   | T13 Z50      | Changes of settings and weak spots are found | SBOM and configuration are told; scanning is the operator's
CC7.2 | partly   | A42 A40 Z52  | What is unusual is watched for | figures, log and refusals; who watches is the operator
CC7.3 | operator |              | Events are judged | judges what it sees
CC7.4 | operator |              | Incidents are answered | answers them; they are not records here yet
CC7.5 | partly   | P52 P57      | Back to work after an incident | restoring is tried at each backup; the rest is the operator's
CC8.1 | partly   | P20 P32      | Changes are under control | books migrate whole or not at all, old entries keep their meaning; approving an upgrade is the operator's
CC9.1 | operator |              | Ready for disruption | plans for it, and insures
CC9.2 | partly   | T61 Z50      | Vendors are known | packages and what runs are listed with licences; its other vendors are the operator's
`;

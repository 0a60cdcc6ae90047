import type { DeviceClass } from "../classify/classes.ts";

/**
 * Words that say what a thing is, in our own words. They are evidence for the trained classifier, and they decide
 * alone where the classifier knows nothing. Patterns are tried on upper-case text whose separators are single blanks.
 */
export const CLASS_WORDS: readonly (readonly [DeviceClass, RegExp])[] = [
  [
    "hdd",
    /\b(?:HDDS?|HARD ?DRIVES?|HARD ?DIS[KC]S?|SSHD|WINCHESTER|(?:54|59|72)00 ?RPM|(?:7[.]2|10|15) ?K ?RPM|1[05](?:\.\d)? ?K (?:SAS|FC|SCSI)|(?:73|146|147|450|900) ?GB)\b/,
  ],
  ["ssd", /\b(?:SSDS?|NVME|NVM E|SOLID ?STATE|M\.2|MSATA|FLASH DRIVE|SATADOM|PCIE|U\.2)\b/],
  [
    "notebook",
    /\b(?:NOTEBOOKS?|LAPTOPS?|NETBOOKS?|CHROMEBOOKS?|ULTRABOOKS?|MACBOOK\w*|THINKPADS?|LATITUDE|ELITEBOOKS?|PROBOOKS?|ZBOOKS?|GALAXY BOOK|LIFEBOOKS?|TOUGHBOOKS?|VAIO|IDEAPADS?|ZENBOOKS?|VIVOBOOKS?)\b/,
  ],
  [
    "desktop",
    /\b(?:DESKTOPS?|TOWERS?|WORKSTATIONS?|MINI ?PCS?|OPTIPLEX|THINKCENTRE|ELITEDESK|PRODESK|MAC ?MINI|MACMINI\d?|MAINBOARD|MOTHERBOARD|THIN CLIENT|NUC\w*)\b/,
  ],
  ["server", /\b(?:SERVERS?|POWEREDGE|PROLIANT|BLADE SERVER|RACKMOUNT|PRIMERGY|THINKSYSTEM|SYSTEM X)\b/],
  ["all_in_one", /\b(?:ALL IN ONES?|AIO|IMAC\w*)\b/],
  ["tablet", /\b(?:TABLETS?|IPADS?|SURFACE (?:PRO|GO|RT))\b/],
  [
    "android_device",
    /\b(?:ANDROID|SMART ?PHONES?|CELL ?PHONES?|MOBILE PHONES?|HANDSETS?|GALAXY(?! ?(?:WATCH|BUDS|BOOK|FIT))|KINDLE FIRE|FIRE HD|XPERIA|REDMI|MOTO [A-Z]\d?|PIXEL \d)\b/,
  ],
  ["phone", /\b(?:IPHONES?)\b/],
  ["smartwatch", /\b(?:SMART ?WATCH(?:ES)?|APPLE WATCH(?:ES)?|GALAXY WATCH|GALAXY FIT|FITBIT|GARMIN)\b/],
  ["earbuds", /\b(?:EAR ?BUDS?|AIRPODS?\w*|EARPODS?|TWS HEADSETS?|GALAXY BUDS)\b/],
  ["media_player", /\b(?:IPODS?|MP3 PLAYERS?|MEDIA PLAYERS?)\b/],
  [
    "set_top_box",
    /\b(?:SET TOP BOX(?:ES)?|STB|APPLE TV|ROKU|CHROMECAST|FIRE TV|TV BOX(?:ES)?|CABLE BOX(?:ES)?)\b/,
  ],
  ["smart_speaker", /\b(?:SMART SPEAKERS?|HOMEPODS?|AMAZON ECHO|ECHO DOT|GOOGLE HOME|NEST MINI|SONOS)\b/],
  ["remote", /\b(?:REMOTES?|REMOTE CONTROLS?|SIRI REMOTE)\b/],
];

/** Things that are none of the fifteen classes but whose magnets the prior table knows. The first that fits counts. */
export const PRIOR_WORDS: readonly (readonly [string, RegExp])[] = [
  ["magnet_loose_smco", /\b(?:SMCO|SM CO|SAMARIUM[ -]?COBALT) ?\d*[A-Z]* ?MAGNETS?\b/],
  ["magnet_loose_ferrite", /\b(?:FERRITE|CERAMIC) MAGNETS?\b/],
  ["magnet_loose_ndfeb", /\b(?:NDFEB|NEODYMIUM|NEO|RARE[ -]?EARTH) MAGNETS?\b/],
  ["hdd_voice_coil_assembly", /\b(?:VOICE ?COILS?|VCM|ACTUATOR MAGNETS?|HDD MAGNETS?)\b/],
  ["wind_turbine_direct_drive_per_MW", /\b(?:WIND TURBINE|WIND GENERATOR)S?\b/],
  ["ev_traction_motor", /\b(?:EV|ELECTRIC (?:VEHICLE|CAR)|TRACTION|NISSAN LEAF|TESLA) (?:DRIVE )?MOTORS?\b/],
  ["hev_traction_motor", /\b(?:HEV|HYBRID|PRIUS) (?:DRIVE )?(?:MOTORS?|TRANSAXLES?|GENERATORS?)\b/],
  [
    "ebike_hub_motor",
    /\b(?:E ?BIKES?|EBIKE|E SCOOTERS?|HUB MOTORS?|PEDELECS?|ELECTRIC (?:BIKE|BICYCLE|SCOOTER)S?)\b/,
  ],
  ["aircon_compressor", /\b(?:COMPRESSORS?|AIR ?CON(?:DITION(?:ER|ING)S?)?|HEAT PUMPS?|AC UNITS?)\b/],
  ["servo_motor", /\b(?:SERVO ?MOTORS?|SERVOS?)\b/],
  ["stepper_motor", /\b(?:STEPPER(?: MOTOR)?S?)\b/],
  ["washing_machine_direct_drive", /\b(?:WASHING MACHINES?|WASHERS?|TUMBLE DRYERS?)\b/],
  ["microwave_oven_magnetron", /\b(?:MICROWAVES?(?: OVENS?)?|MAGNETRONS?)\b/],
  [
    "power_tool_brushless",
    /\b(?:CORDLESS DRILLS?|POWER TOOLS?|IMPACT DRIVERS?|BRUSHLESS (?:DRILL|TOOL|SAW)S?|ANGLE GRINDERS?)\b/,
  ],
  ["mri_permanent_magnet", /\b(?:MRI)\b/],
  ["headphones", /\b(?:HEADPHONES?|HEADSETS?)\b/],
  ["loudspeaker", /\b(?:LOUDSPEAKERS?|SPEAKERS?|SUBWOOFERS?|SOUND ?BARS?)\b/],
  ["printer", /\b(?:PRINTERS?|LASERJET|OFFICEJET|DESKJET|COPIERS?|MFP|PLOTTERS?)\b/],
  ["fan_dc_brushless", /\b(?:FANS?|BLOWERS?|VENTILATORS?)\b/],
  ["vacuum_cleaner", /\b(?:VACUUM CLEANERS?|HOOVERS?|ROOMBAS?|ROBOT VACUUMS?)\b/],
  ["electric_motor_unspecified", /\b(?:ELECTRIC MOTORS?|MOTORS?|GENERATORS?|ALTERNATORS?)\b/],
];

/** Things that are named and are none of the fifteen: said so, so that a known maker's name does not carry them. */
export const OTHER_THINGS =
  /\b(?:MONITORS?|DISPLAYS?|LCD|TELEVISIONS?|CRT|KEYBOARDS?|MOUSE|MICE|CABLES?|CORDS?|CHARGERS?|ADAPTERS?|ADAPTORS?|POWER SUPPL(?:Y|IES)|PSU|UPS|BATTER(?:Y|IES)|ROUTERS?|SWITCH(?:ES)?|CATALYST|FIREWALLS?|ACCESS POINTS?|(?:IP|DESK|VOIP|CONFERENCE) PHONES?|POLYCOM|KVM|PDU|HEAT ?SINKS?|(?:CPU|PROCESSOR|MEMORY|RAM) (?:CHIPS?|MODULES?|STICKS?)|(?:SO)?DIMMS?|MODEMS?|HUBS?|SCANNERS?|PROJECTORS?|CAMERAS?|TONER|CARTRIDGES?|DOCKS?|DOCKING STATIONS?|CARDS?|DVD|BLU-?RAY|TAPES?|LTO\d?|PLAYSTATION|PS[345]|XBOX|NINTENDO|WII|GOPRO|RACKS?|RAILS?|CADD(?:Y|IES)|SCREWS?|BRACKETS?|TOASTERS?|KETTLES?|BLENDERS?|MIXERS?|COFFEE|ESPRESSO|TEAPOTS?|SPOONS?|FORKS?|KNIVES|KNIFE|PLATES?|BOWLS?|PANS?|POTS?|CUPS?|MUGS?|TOYS?|CHAIRS?|TABLES?|DESKS?|SOFAS?|LAMPS?|BULBS?|CLOTHES|SHOES?|BOOKS?|PAPER|PLASTICS?|GLASS|WOOD|REFRIGERATORS?|FRIDGES?|FREEZERS?|DISHWASHERS?|STOVES?|OVENS?|GRILLS?|FRYERS?|IRONS?|HAIR ?DRYERS?|SHAVERS?|TELEPHONES?|FAX|CALCULATORS?|RADIOS?|AMPLIFIERS?|TURNTABLES?|BICYCLES?|TY[RE]+S|HOSES?|PUMPS?|VALVES?|PIPES?|BOLTS?|WIRE|SCRAP METAL|E-?WASTE|MISC(?:ELLANEOUS)?|ASSORTED)\b/;

/** Drives on SCSI, SAS or Fibre Channel: none was in what the classifier was measured on. */
export const UNMEASURED_BUS =
  /\b(?:SAS|SCSI|CHEETAH|SAVVIO|FIBRE CHANNEL|FIBER CHANNEL|FC-?AL|ULTRA ?320|U320|ULTRA ?160|68 ?PIN|80 ?PIN)\b/;

/** Words that go with drives alone in a manifest. */
export const DRIVE_WORDS: readonly (readonly [string, RegExp])[] = [
  ["interface", /\b(?:SATA|S ?ATA|6GB? ?[S5]|3GB? ?[S5])\b/],
  ["flash interface", /\b(?:NVME|PCIE|M\.?2|MSATA|U\.2)\b/],
  ["word", /\b(?:DISK|DRIVE|HDD|SSD)S?\b/],
];

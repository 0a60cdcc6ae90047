/** Words of house, kitchen, yard and office that no manifest of the fifteen classes is made of. */
export const STRANGE_WORDS: readonly string[] = (
  "toaster kettle blender spoon fork knife plate bowl saucepan frying-pan wok colander ladle whisk grater peeler teapot mug cup glass jug tray " +
  "cutting-board rolling-pin sieve strainer oven-mitt apron napkin tablecloth corkscrew bottle-opener can-opener thermos lunchbox pressure-cooker " +
  "rice-cooker slow-cooker waffle-iron sandwich-maker juicer mixer coffee-maker espresso-machine dishwasher refrigerator freezer stove oven grill " +
  "barbecue deep-fryer ice-cream-maker bread-machine scale spatula tongs skewer baking-sheet cake-tin muffin-pan pizza-stone salt pepper sugar flour " +
  "chair table sofa armchair bookshelf wardrobe dresser mattress pillow blanket duvet curtain carpet rug lamp bulb candle mirror picture-frame vase " +
  "clock alarm basket bucket broom mop vacuum dustpan sponge detergent soap shampoo towel toothbrush razor hairdryer curling-iron scissors needle " +
  "thread sewing-machine ironing-board iron clothes-rack hanger shirt trousers jacket coat shoes boots sandals socks hat scarf gloves belt umbrella " +
  "bag suitcase backpack wallet bicycle tricycle scooter helmet skateboard football basketball tennis-racket golf-club fishing-rod tent sleeping-bag " +
  "lawnmower rake shovel spade hoe wheelbarrow hose sprinkler flowerpot seeds fertilizer hammer screwdriver wrench pliers saw drill sander chisel " +
  "nail screw bolt washer nut hinge lock key ladder paint brush roller glue tape rope chain wire pipe valve faucet sink toilet bathtub shower tile " +
  "brick cement plywood lumber glass-panel window door pencil pen paper notebook-paper envelope stapler eraser ruler binder folder calculator globe " +
  "monitor keyboard mouse cable charger adapter power-supply battery router switch modem scanner projector camera lens toner cartridge docking-station " +
  "telephone fax radio amplifier turntable speaker headphones microphone guitar piano violin drum trumpet toy doll puzzle board-game playing-cards " +
  "motor compressor transformer generator pump fan heater air-conditioner dehumidifier thermostat smoke-detector solar-panel inverter relay fuse " +
  "printed-circuit-board connector resistor capacitor heat-sink copper aluminium steel brass plastic rubber wood cardboard pallet crate drum barrel " +
  "mixed-scrap e-waste assorted-parts miscellaneous unknown-item office-supplies medical-bed wheelchair stethoscope microscope test-tube beaker " +
  "apple-pie orange banana bread cheese butter milk rice pasta tomato potato onion garlic carrot chicken beef fish coffee tea wine beer juice water " +
  "printer copier shredder laminator cash-register barcode-scanner tape-library rack-rail cabinet fluorescent-tube television crt-monitor lcd-panel " +
  "washing-machine tumble-dryer microwave-oven magnetron e-bike hub-motor servo stepper wind-turbine loudspeaker power-tool drone camera-tripod " +
  "bedsheet quilt cushion stool bench cupboard shelf drawer hook nailfile tweezers comb perfume lipstick lotion bandage aspirin syringe catheter " +
  "dining-chair garden-hose dinner-plate soup-tureen garlic-press wine-glass skillet casserole ramekin trivet ladle-set gravy-boat butter-dish cake-stand " +
  "cookie-jar egg-timer pepper-mill salt-cellar fondue chopping-board bread-bin fruit-bowl dish-rack tea-towel napkin-ring placemat coaster decanter " +
  "hamster dog cat horse parrot aquarium leash kennel birdcage saddle tulip rose oak pine maple cactus fern moss gravel sand clay marble granite " +
  "blouse skirt sweater pyjamas slipper necktie bracelet necklace earring ring watchband handbag purse sunglasses contact-lens hearing-aid crutch " +
  "novel magazine newspaper postcard stamp calendar diary crayon canvas-bag easel chalk blackboard trombone clarinet flute cello harp saxophone " +
  "marmalade honey vinegar mustard ketchup noodle biscuit chocolate candy yoghurt sausage bacon lettuce cucumber pumpkin spinach cherry grape lemon " +
  "crib stroller pacifier diaper playpen highchair rattle teddy-bear kite yo-yo marbles dominoes chess dartboard trampoline swing slide sled ski " +
  "surfboard canoe paddle anchor buoy oar snorkel wetsuit life-jacket compass binoculars telescope tripod-stand lantern campfire cooler hammock " +
  "plaster gypsum insulation drywall stucco mortar rebar girder joist rafter shingle gutter downspout fence gate hinge-pin doorknob mailbox doormat " +
  "altar bell candlestick chandelier fireplace mantel wreath garland ornament ribbon gift-wrap balloon confetti costume mask wig puppet stage-curtain " +
  "engine gearbox radiator tyre wheel bumper windshield muffler brake clutch piston spark-plug tractor trailer forklift excavator crane conveyor"
)
  .split(" ")
  .map((word) => word.replaceAll("-", " "));

/** Lines like nothing the classifier learned from: drives on buses never measured, gibberish, nothing. For measuring only. */
export const UNLIKE_ANYTHING = [
  "",
  "   ",
  "%%%%",
  "8837 2213",
  "qzxj vbnk",
  "lorem ipsum dolor",
  "HP 300GB 15K SAS",
  "SEAGATE ST3300657SS",
  "ST3146855LC U320 SCSI",
  "FUJITSU MBA3147RC SCSI",
  "EG0600FBDSR",
  "HUS156030VLS600 SAS",
  "ST600MM0006",
  "AL13SEB600",
  "Cheetah 15K.7 600GB fibre channel",
  "IBM 146GB 10K SCSI 80 pin",
];

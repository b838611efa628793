/**
 * The words that generated tasks are made of, written for this project: plain nouns, adjectives and verbs, first names,
 * trades, and roots that are put together to as many further words as a long text needs ("stonemarsh", "Harlowby").
 */
import type { Random } from '../../base/index.ts';

const list = (text: string): readonly string[] => text.trim().split(/\s+/);

export const nouns = list(`
  acorn alley almond anchor anvil apple apron arch arrow atlas attic badge bakery balcony ballad banner barn barrel
  basin basket beacon beam bell bench berry blanket blossom boat bonnet boot border bottle boulder bracket branch brass
  bread breeze brick bridge broom brush bucket buckle bundle butter button cabin cable candle canoe canvas canyon carpet
  carriage cart castle cedar cellar chain chair chalk chapel chart cherry chest chimney chisel cider circle cliff clock
  cloud clover coal coast cobbler coin collar comet compass copper corner cottage cotton cousin cradle crane crate creek
  cricket crown crystal cup curtain daisy desk diary dinner dock door dove drum dune eagle easel echo elbow ember engine
  fabric falcon farm feather fence fern ferry fiddle field figure finch flagon flame flask fleece flint flood flour flute
  fog forest forge fountain fox frame frost funnel garden garlic gate ginger glacier glove goat goose grain granite grape
  gravel grove guitar hammer hammock harbor harp harvest hatch hawk hazel hearth hedge helmet heron hill hinge honey hook
  horizon horn hour inlet iron island ivory ivy jacket jar jewel journal jug juniper kettle key kiln kitchen kite knot
  ladder lagoon lamp lantern lark lattice laurel lemon lens letter lever lilac lily linen locket loft loom lute magnet
  mantle maple marble market marsh mast meadow melon mill mirror mitten mole moon moss moth mountain mule museum mustard
  napkin needle nest net nickel notebook nutmeg oak oar oat olive onion orchard otter oven owl ox paddle page paint palace
  panel paper parcel parlor parsley path pear pebble pencil pepper pheasant piano pier pigeon pillow pine pitcher plank
  plate plaza plough plum pocket pond poplar porch potter pottery prairie prism pulley pump quarry quartz quill quilt
  rabbit raft rail rain raven reed ribbon ridge ring river road robin rooster rope rose rudder rug saddle sail salmon salt
  sandal sapphire scarf school scissors seed shadow shed shell shelf shepherd ship shovel signal silk silver slate sled
  smoke snow sofa soup sparrow spade spice spindle spoon spring stable stair statue steam stone storm stove straw stream
  street string sugar summer sunset swallow swan table tailor teapot temple tent thimble thistle thread thunder ticket
  tide tile timber tinder toad torch tower trail tray treasure trellis trout trumpet tulip tunnel turnip valley vase
  velvet vessel village vine violet violin wagon walnut water wave wheat wheel whistle willow window winter wolf wool
  workshop wreath yarn yard
`);

export const adjectives = list(`
  able amber ample ancient bare bitter blank bold brave brief bright brisk broad brown calm careful cheap cheerful
  civil clean clear clever cold common constant cool crimson crisp curious damp daring dark deep dense distant dry dusty
  eager early earnest eastern easy empty even faint fair famous fancy fast fine firm flat fond formal frank free fresh
  friendly full gentle giddy glad golden grand grave great green grey handy happy hardy hasty heavy hidden high hollow
  honest humble humid idle inland jolly keen kind large late lazy lean level light little lively lonely long loose loud
  loyal lucky mellow merry mild misty modest muddy narrow native neat new nimble noble northern odd old open orange
  orderly pale patient plain pleasant polite poor proper proud pure purple quick quiet rapid rare ready red remote rich
  ripe robust rough round royal rugged rural rustic safe scarlet secret sharp shiny short shy silent simple sincere
  sleepy slender slow small smooth sober soft solemn solid southern spare splendid square stark steady steep stern
  still stout strange strict strong sturdy subtle sudden sunny sure sweet swift tall tame tender thick thin thrifty tidy
  timid tiny tough upright urban useful vast vivid warm wary weary western white wide wild windy wise witty wooden
  worthy yellow young
`);

export const verbs = list(`
  admire answer arrange arrive ask bake balance bargain begin bend borrow bring build burn buy call carry carve catch
  change chase choose clap climb collect compare consider cook copy count cover cross dance decide deliver dig draw dream
  drift drink drive enter explain explore fetch fill find finish fish float fold follow forget gather give grow guard
  guess guide hang hear help hide hold hope hunt imagine improve invite join judge jump kneel knit know laugh lead
  learn leave lend lift listen live look lose mark measure meet melt mend move notice observe offer order
  pass pause pick plan plant play polish pour praise press promise pull push raise reach read recall repair rest return
  ride row run save search sell send settle shape share show sing sit sketch sleep smile sort speak spend spin stand
  start stay steer stitch stop study sweep swim talk taste teach tell think throw travel trust try turn visit wait wake
  walk wander wash watch wear weave weigh whisper wish wonder work wrap write
`);

/** Past tense, for sentences. */
export const pastVerbs = list(`
  admired arranged baked borrowed bought built carried carved cleaned collected copied counted covered delivered
  described examined explained fetched filled folded found gathered guarded improved inspected kept lifted
  loaded lost marked measured mended moved noticed offered opened ordered painted passed placed polished praised repaired
  reached remembered searched shared sketched sold sorted stored studied traded visited wanted washed watched
  weighed wrapped
`);

export const adverbs = list(`
  almost always boldly calmly carefully gladly gently hardly kindly lightly mostly neatly never often
  patiently plainly proudly quickly quietly rarely seldom silently slowly softly sometimes soon steadily still
  suddenly usually warmly
`);

export const people = list(`
  aunt baker barber brother captain carpenter clerk cook courier dancer doctor driver farmer fisherman gardener guest
  guide hunter innkeeper judge keeper lawyer librarian mason merchant messenger miller mother musician neighbor nurse
  painter pilot poet porter sailor scholar sister smith soldier stranger student surgeon teacher traveler uncle visitor
  watchman weaver
`);

export const firstNames = list(`
  Ada Agnes Albin Alma Anders Anselm Arlo Astrid Basil Beatrix Bertil Bridget Cassius Cecil Clara Clement Conrad Cora
  Cyrus Dagny Delia Desmond Dora Edgar Edith Elias Elsa Emeric Enid Ernst Esther Eudora Felix Flora Frida Gareth Gerda
  Gideon Greta Gustav Hanna Harald Hazel Hector Hilda Horace Ida Ingrid Ira Isidor Jasper Jonas Judith Julius Karin Klara
  Lambert Laszlo Leonora Linus Lorna Lucian Mabel Magnus Marius Matilda Maude Milo Minna Nadia Nestor Nora Octavia Odette
  Olaf Orla Oscar Otis Pascal Petra Phoebe Quentin Ramona Reinhold Rhoda Roland Rosalind Rufus Sabine Selma Sigrid Silas
  Sophia Stellan Sylvia Tabitha Thea Tobias Ulrich Una Ursula Valentin Vera Viola Waldo Wanda Wilfred Winifred Xenia
  Yolanda Yvette Zelda
`);

export const trades = list(`
  apothecary astronomer bookbinder botanist brewer cartographer chandler clockmaker composer cooper dentist dyer engraver
  farrier geologist glazier glassblower goldsmith gunsmith hatter joiner locksmith luthier mapmaker midwife milliner
  optician organist papermaker perfumer plumber printer saddler schoolmaster sculptor shipwright silversmith stonecutter
  surveyor tanner thatcher toymaker upholsterer wheelwright
`);

export const institutions = list(
  'Academy Archive Bridge Gallery Garden Hospital Library Museum Observatory Theatre',
);

/** Put together in pairs they give some 25,000 words; a third part gives half a million. */
const roots = list(`
  ash bay bird black blue bog bone book bow brook brow bush cap cave clay cliff corn cow crab crag crow dale dawn day
  dew dusk dust elm ewe fall fen fin fire fish flax fly foot ford fowl frog gale glen gold gull gut ham hand hare hay
  head heath heart heel hen herb hog holm holt home hood hoof horse house ink jaw jay keel king kirk lamb land lane lark
  law leaf leek log mare mead mere milk mint mist moor mould mouse mud nail nut ore over peak peat pike pool port rack
  ram rat rib rick rock rook root rust rye sand sea shank shaw shine shoe shore side skin sky sloe snail sole song spear
  spike spit spur stag star steel stem stile stock stub sun swine tail tan tar thorn tin toe tree tub tusk under wald
  wall wash wax weed well whale whin wick wind wing wood worm wren yew york
`);

const endings = list(
  'bury by combe dale ester field ford ham haven holt hurst ley mere minster mouth ness stead ton wick',
);

let pairs: readonly string[] | undefined;

/** Invented words without end, e.g. "ashbay", in one fixed order; the same word may come again much later. */
export function inventedWord(index: number): string {
  pairs ??= roots.flatMap(first => roots.flatMap(second => (first === second ? [] : [first + second])));
  const round = Math.floor(index / pairs.length);
  // A stride prime to the number of pairs, so that neighbours do not share a root.
  const pair = pairs[(index * 7919) % pairs.length]!;
  return round === 0 ? pair : pair + endings[(round - 1) % endings.length]!;
}

/** E.g. "Mossbury". */
export const placeName = (random: Random): string => capitalise(random.pick(roots) + random.pick(endings));

/** E.g. "Thornwald". */
export const surname = (random: Random): string => capitalise(random.pick(roots) + random.pick(roots));

const capitalise = (word: string) => word.charAt(0).toUpperCase() + word.slice(1);

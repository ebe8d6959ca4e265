import type { ProductInput } from '@shop/contracts/product';

/** SKU, name, description, price in pence, units. */
type Row = readonly [string, string, string, number, number];

const rows: Record<string, readonly Row[]> = {
  kitchen: [
    ['MUG-STONEWARE-BLUE', 'Stoneware mug, blue', 'Thrown by hand, holds 350 ml.', 850, 240],
    ['MUG-STONEWARE-SAND', 'Stoneware mug, sand', 'Thrown by hand, holds 350 ml.', 850, 180],
    ['TEAPOT-IRON-06', 'Cast iron teapot', 'Keeps 0.6 litres warm for an hour.', 3450, 40],
    ['KNIFE-PARING-9', 'Paring knife, 9 cm', 'Carbon steel with a walnut handle.', 1895, 75],
    ['BOARD-OAK-L', 'Oak chopping board, large', 'One piece of oak, 45 by 30 cm, oiled.', 3200, 60],
    ['SCALE-BRASS', 'Brass kitchen scale', 'Two pans and seven weights; no battery.', 7400, 4],
    ['WHISK-COPPER', 'Copper whisk', 'Eight wires, light in the hand.', 1250, 90],
    ['JAR-CLIP-1L', 'Clip jar, 1 litre', 'Thick glass with a rubber seal.', 495, 600],
  ],
  garden: [
    ['TROWEL-ASH', 'Planting trowel', 'Forged head, ash handle.', 1600, 110],
    ['SNIPS-HERB', 'Herb snips', 'For thyme, chives and tired roses.', 1150, 130],
    ['CAN-WATERING-5L', 'Watering can, 5 litres', 'Galvanised steel with a fine rose.', 2800, 45],
    ['POT-CLAY-12', 'Clay pot, 12 cm', 'Unglazed, with a saucer.', 320, 800],
    ['POT-CLAY-20', 'Clay pot, 20 cm', 'Unglazed, with a saucer.', 640, 400],
    ['TWINE-JUTE-100', 'Jute twine, 100 m', 'Ties up beans and parcels.', 375, 500],
    ['SEED-MEADOW', 'Meadow seed mix', 'Twelve wild flowers for ten square metres.', 580, 350],
    ['HOUSE-WREN', 'Wren house', 'Larch, with a door at the back for cleaning.', 2250, 3],
  ],
  stationery: [
    ['NOTEBOOK-A5-GRID', 'Notebook A5, squared', 'Sewn, opens flat, 160 pages.', 925, 320],
    ['NOTEBOOK-A5-PLAIN', 'Notebook A5, plain', 'Sewn, opens flat, 160 pages.', 925, 300],
    ['PEN-FOUNTAIN-F', 'Fountain pen, fine nib', 'Takes a cartridge or a converter.', 2400, 85],
    ['INK-BLUEBLACK-30', 'Blue-black ink, 30 ml', 'Dark, calm, does not bleed through.', 790, 160],
    ['PENCIL-HB-12', 'Pencils HB, box of 12', 'Cedar, with a proper point.', 640, 420],
    ['RULER-STEEL-30', 'Steel ruler, 30 cm', 'Engraved, with a cork back.', 560, 210],
    ['TAPE-PAPER-5', 'Paper tape, 5 rolls', 'Five earth colours, 15 mm wide.', 480, 260],
    ['PRESS-LETTER', 'Letter press', 'Restored by hand; each one is different.', 28500, 1],
  ],
  bath: [
    ['SOAP-OLIVE', 'Olive oil soap', 'Aged for six months, 200 g.', 450, 700],
    ['SOAP-PINE', 'Pine tar soap', 'Smells of a sauna in the woods, 150 g.', 520, 340],
    ['TOWEL-WAFFLE-M', 'Waffle towel, 50 by 100', 'Dries you fast and itself faster.', 1450, 150],
    ['TOWEL-WAFFLE-L', 'Waffle towel, 70 by 140', 'Dries you fast and itself faster.', 2350, 120],
    ['BRUSH-BACK', 'Back brush', 'Beech handle, firm bristles.', 1380, 95],
    ['PUMICE', 'Pumice stone', 'On a cotton cord.', 290, 480],
    ['MAT-BATH-CORK', 'Cork bath mat', 'Warm underfoot, 60 by 45 cm.', 2900, 35],
  ],
  games: [
    ['PUZZLE-HARBOUR-1000', 'Puzzle: the harbour', 'A thousand pieces, nine hundred of them sea.', 1690, 140],
    ['PUZZLE-ORCHARD-500', 'Puzzle: the orchard', 'Five hundred pieces.', 1190, 160],
    ['DOMINOES-BEECH', 'Beech dominoes', 'Double six in a sliding box.', 1350, 110],
    ['CHESS-TRAVEL', 'Travel chess', 'Magnets hold the position on the train.', 2150, 70],
    ['CARDS-LINEN', 'Playing cards', 'Linen finish, two packs.', 875, 380],
    ['DICE-BRASS-5', 'Brass dice, set of 5', 'Heavy enough to end an argument.', 1580, 55],
    ['KITE-DELTA', 'Delta kite', 'Flies from a light breeze on.', 2450, 5],
  ],
  lighting: [
    ['CANDLE-BEESWAX-2', 'Beeswax candles, pair', 'Burn for about nine hours.', 980, 260],
    ['CANDLE-TIN-FIG', 'Tin candle, fig', 'Soy wax, burns for 30 hours.', 1250, 190],
    ['LAMP-DESK-GREEN', 'Desk lamp, green', 'Enamelled shade, two joints.', 6200, 28],
    ['LAMP-CLIP', 'Clip lamp', 'Holds on to a shelf or a bed.', 2700, 64],
    ['LANTERN-STORM', 'Storm lantern', 'Burns lamp oil behind thick glass.', 3350, 33],
    ['STRING-LIGHTS-10', 'String lights, 10 m', 'Fifty warm points for indoors.', 1990, 175],
    ['SNUFFER-BRASS', 'Candle snuffer', 'Brass, with a hinge.', 1120, 2],
  ],
  textiles: [
    ['BLANKET-WOOL-GREY', 'Wool blanket, grey', 'Lambswool, 130 by 180 cm.', 8900, 30],
    ['CUSHION-LINEN-OCHRE', 'Linen cushion, ochre', 'With a feather filling, 45 by 45 cm.', 3600, 66],
    ['TEA-TOWEL-STRIPE-2', 'Striped tea towels, pair', 'Half linen, half cotton.', 1290, 280],
    ['APRON-DENIM', 'Denim apron', 'Deep pockets, crossed straps.', 2950, 80],
    ['NAPKINS-LINEN-4', 'Linen napkins, set of 4', 'Softer with each wash.', 2700, 100],
    ['BAG-TOTE-CANVAS', 'Canvas tote bag', 'Carries twelve books or one cat.', 1450, 330],
    ['SOCKS-ALPACA-M', 'Alpaca socks, medium', 'For cold floors.', 1590, 145],
  ],
  travel: [
    ['FLASK-STEEL-500', 'Steel flask, 0.5 litres', 'Hot for twelve hours, cold for a day.', 2250, 210],
    ['BOX-LUNCH-TIN', 'Tin lunch box', 'Two layers and a strap.', 1750, 125],
    ['MAP-COAST-PATH', 'Map of the coast path', 'Folded, waterproof, 1 to 25,000.', 1195, 90],
    ['COMPASS-POCKET', 'Pocket compass', 'Fluid filled, with a brass lid.', 3900, 36],
    ['UMBRELLA-BEECH', 'Umbrella, beech handle', 'Eight ribs, does not mind wind.', 4600, 48],
    ['POUCH-WAXED', 'Waxed cotton pouch', 'For cables, pencils or shells.', 1350, 155],
    ['STOOL-FOLDING', 'Folding stool', 'Canvas and ash, weighs 900 g.', 3850, 6],
  ],
};

/** What a shop starts with: products of our own invention, a few of them scarce. */
export const sampleProducts: readonly { sku: string; input: ProductInput }[] = Object.entries(rows).flatMap(
  ([category, products]) =>
    products.map(([sku, name, description, amountMinor, received]) => ({
      sku,
      input: { name, description, category, price: { amountMinor, currency: 'GBP' }, received },
    })),
);

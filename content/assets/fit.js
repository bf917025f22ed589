// A workout as the bytes of a Garmin FIT file, by the public FIT protocol: a header, definitions
// and messages, a checksum. The same workout always gives the same bytes.

const EPOCH = Date.UTC(1989, 11, 31);
const BASE = { enum: [0x00, 1], uint16: [0x84, 2], uint32: [0x86, 4], uint32z: [0x8c, 4] };
const STRING = 0x07;
const MOST_OCTETS = 250; // A field's size is one octet.
const [WORKOUT_FILE, DEVELOPMENT, RUNNING] = [5, 255, 1];
const DURATION = { time: 0, distance: 1, repeat: 6 };
const INTENSITY = { run: 0, walk: 1 };
const OPEN_TARGET = 2;

function checksum(bytes) {
  let crc = 0;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit += 1) crc = crc & 1 ? (crc >> 1) ^ 0xa001 : crc >> 1;
  }
  return crc;
}

const little = (value, size) => [...Array(size).keys()].map((at) => (value / 2 ** (8 * at)) & 255);

// UTF-8 with its final zero; a text that is too long ends after a whole sign.
function octets(text) {
  const made = [];
  for (const sign of text) {
    const more = new TextEncoder().encode(sign);
    if (made.length + more.length > MOST_OCTETS) break;
    made.push(...more);
  }
  return [...made, 0];
}

// Fields are `[number, type, value]`. The definition says how long each string of this message is.
function message(number, fields) {
  const data = fields.map(([, type, value]) =>
    type === "string" ? octets(value) : little(value, BASE[type][1]),
  );
  const kinds = fields.map(([field, type], at) => [
    field,
    data[at].length,
    type === "string" ? STRING : BASE[type][0],
  ]);
  const definition = [0x40, 0, 0, ...little(number, 2), fields.length, ...kinds.flat()];
  return { definition, data: [0, ...data.flat()] };
}

function stepFields(index, { name = "", notes = "", intensity, duration, value, target }) {
  return [
    [254, "uint16", index],
    ...(name ? [[0, "string", name]] : []),
    [1, "enum", duration],
    [2, "uint32", value],
    [3, "enum", OPEN_TARGET],
    [4, "uint32", target],
    ...(name ? [[7, "enum", intensity]] : []),
    ...(notes ? [[8, "string", notes]] : []),
  ];
}

// A block of several rounds ends with a step that leads back to its first; it has no name.
function stepsOf(blocks, notes, words) {
  const steps = [];
  for (const { times, parts } of blocks) {
    const first = steps.length;
    for (const { run, seconds, metres } of parts)
      steps.push({
        name: run ? words.run : words.walk,
        notes: steps.length ? "" : notes,
        intensity: run ? INTENSITY.run : INTENSITY.walk,
        duration: metres ? DURATION.distance : DURATION.time,
        value: metres ? metres * 100 : seconds * 1000,
        target: 0,
      });
    if (times > 1) steps.push({ duration: DURATION.repeat, value: first, target: times });
  }
  return steps;
}

// `created` is in milliseconds, as of any Date; `serial` tells the files of one maker apart.
export function fitWorkout({ name, notes, blocks, words, created, serial }) {
  const steps = stepsOf(blocks, notes, words);
  const messages = [
    message(0, [
      [0, "enum", WORKOUT_FILE],
      [1, "uint16", DEVELOPMENT],
      [2, "uint16", 0],
      [3, "uint32z", serial],
      [4, "uint32", Math.floor((created - EPOCH) / 1000)],
    ]),
    message(26, [
      [4, "enum", RUNNING],
      [6, "uint16", steps.length],
      [8, "string", name],
      [17, "string", notes],
    ]),
    ...steps.map((step, index) => message(27, stepFields(index, step))),
  ];
  let last = "";
  const body = messages.flatMap(({ definition, data }) => {
    const isKnown = String(definition) === last;
    last = String(definition);
    return isKnown ? data : [...definition, ...data];
  });
  // Its size, protocol 1.0, profile 21.00, how much follows.
  const header = [14, 0x10, ...little(2100, 2), ...little(body.length, 4), 0x2e, 0x46, 0x49, 0x54];
  const bytes = [...header, ...little(checksum(header), 2), ...body];
  return new Uint8Array([...bytes, ...little(checksum(bytes), 2)]);
}

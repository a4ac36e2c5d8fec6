// Names at the ends of lines: pushed apart until none touches its neighbour, each as near to its line as it can be.

/**
 * @param {number[]} wanted  pixel heights of the line ends
 * @param {number} gap  least distance of two names
 * @param {number} low  topmost allowed height
 * @param {number} high  lowest allowed height
 * @returns {number[]}  heights in the order of `wanted`
 */
export function spread(wanted, gap, low, high) {
  const order = wanted.map((_, index) => index).sort((a, b) => wanted[a] - wanted[b]);
  /** @type {{members: number[], centre: number}[]} */
  const blocks = [];
  for (const index of order) {
    let block = { members: [index], centre: wanted[index] };
    for (;;) {
      const half = ((block.members.length - 1) * gap) / 2;
      block.centre = Math.min(Math.max(block.centre, low + half), Math.max(high - half, low + half));
      // Two blocks that touch become one, centred on the mean of its members' wishes: the symmetric relaxation.
      // An edge can push a block into the one above as well, hence the look after the bounds.
      const above = blocks[blocks.length - 1];
      if (!above || block.centre - above.centre >= ((above.members.length + block.members.length) * gap) / 2) break;
      blocks.pop();
      const members = [...above.members, ...block.members];
      block = { members, centre: members.reduce((sum, i) => sum + wanted[i], 0) / members.length };
    }
    blocks.push(block);
  }
  const result = new Array(wanted.length);
  let floor = -Infinity;
  for (const { members, centre } of blocks) {
    members.forEach((index, place) => {
      const height = Math.max(centre + (place - (members.length - 1) / 2) * gap, floor);
      result[index] = height;
      floor = height + gap;
    });
  }
  return result;
}

/**
 * Which names can touch at all: those whose widths overlap, directly or through others between them.
 * @param {{left: number, width: number}[]} names
 * @returns {number[][]}  groups of indices
 */
export function besides(names) {
  const order = names.map((_, index) => index).sort((a, b) => names[a].left - names[b].left);
  /** @type {number[][]} */
  const groups = [];
  let reach = -Infinity;
  for (const index of order) {
    const { left, width } = names[index];
    if (left > reach) groups.push([]);
    groups[groups.length - 1].push(index);
    reach = Math.max(reach, left + width);
  }
  return groups;
}

// Checks a report against the records of aset/catatan.js; the file never leaves the reader's machine.
'use strict';

const MOST_BYTES = 256 * 1024 * 1024;
const records = window.CATATAN;
const answerBox = document.getElementById('jawaban');
const fileInput = document.getElementById('berkas');
const numberInput = document.getElementById('nomor');
let latest = 0;

const worded = (key, values) => records.jawaban[key].replace(/\{(\w+)\}/g, (whole, name) => String(values[name] ?? whole));
const numberIn = text => (text.match(new RegExp(records.pola)) || [''])[0];
const recordOf = id => Object.hasOwn(records.laporan, id) ? records.laporan[id] : null;

// SHA-256 (FIPS 180-4) of our own: Web Crypto answers on https and the own machine only, not on http of an office network.
const primes = count => {
  const found = [];
  for (let n = 2; found.length < count; n += 1) if (found.every(p => n % p)) found.push(n);
  return found;
};
const fraction = value => Math.floor((value - Math.floor(value)) * 2 ** 32) | 0;
const rotated = (word, by) => (word >>> by) | (word << (32 - by));
const ownDigest = bytes => {
  const constants = primes(64).map(p => fraction(Math.cbrt(p)));
  const state = primes(8).map(p => fraction(Math.sqrt(p)));
  const padded = new Uint8Array(((bytes.length + 8 >> 6) + 1) * 64);
  padded.set(bytes);
  padded[bytes.length] = 0x80;
  const view = new DataView(padded.buffer);
  view.setUint32(padded.length - 8, Math.floor(bytes.length / 2 ** 29));
  view.setUint32(padded.length - 4, bytes.length * 8 >>> 0);
  const words = new Int32Array(64);
  for (let at = 0; at < padded.length; at += 64) {
    for (let i = 0; i < 16; i += 1) words[i] = view.getInt32(at + i * 4);
    for (let i = 16; i < 64; i += 1) {
      const early = words[i - 15], late = words[i - 2];
      words[i] = words[i - 16] + (rotated(early, 7) ^ rotated(early, 18) ^ early >>> 3)
        + words[i - 7] + (rotated(late, 17) ^ rotated(late, 19) ^ late >>> 10);
    }
    let [a, b, c, d, e, f, g, h] = state;
    for (let i = 0; i < 64; i += 1) {
      const one = h + (rotated(e, 6) ^ rotated(e, 11) ^ rotated(e, 25)) + (e & f ^ ~e & g) + constants[i] + words[i] | 0;
      const two = (rotated(a, 2) ^ rotated(a, 13) ^ rotated(a, 22)) + (a & b ^ a & c ^ b & c) | 0;
      [a, b, c, d, e, f, g, h] = [one + two | 0, a, b, c, d + one | 0, e, f, g];
    }
    [a, b, c, d, e, f, g, h].forEach((word, i) => { state[i] = state[i] + word | 0; });
  }
  return state.map(word => (word >>> 0).toString(16).padStart(8, '0')).join('');
};
const digestOf = async bytes => {
  if (!window.crypto || !crypto.subtle) return ownDigest(bytes);
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
  return [...digest].map(byte => byte.toString(16).padStart(2, '0')).join('');
};

const element = (name, text) => Object.assign(document.createElement(name), { textContent: text });
const linked = (text, address) => Object.assign(element('a', text), { href: address });
const show = (text, { id = '', sha256 = '', advice = '' } = {}) => {
  const shown = [Object.assign(document.createElement('p'), { className: 'pengantar' })];
  shown[0].append(element('strong', text));
  const record = recordOf(id);
  const facts = [['Laporan', id], ['Edisi', record && String(record[1])], ['Terbit', record && record[4]], ['SHA-256 berkas', sha256]];
  const list = document.createElement('dl');
  list.className = 'daftar';
  for (const [name, value] of facts) if (value) list.append(element('dt', name), element('dd', value));
  for (const value of list.querySelectorAll('dd')) value.className = 'panjang';
  if (advice) shown.push(element('p', advice));
  shown.push(list);
  if (record) {
    const line = document.createElement('p');
    line.append(linked(`Buka halaman laporan (edisi ${record[2]})`, record[0]));
    shown.push(line);
  } else {
    shown.push(element('p', 'Tanyakan kepada pejabat kehumasan satuan kerja yang namanya ada pada laporan.'));
  }
  answerBox.replaceChildren(...shown);
};

const recorded = (sha256, name) => {
  const [id] = records.berkas[sha256], [, edition, newest, , , proven] = recordOf(id), named = numberIn(name);
  const key = !proven ? 'rantai' : named && named !== id ? 'tertukar' : edition < newest ? 'lama' : 'terkini';
  show(worded(key, { id, nama: named, terbaru: newest }), { id, sha256 });
};
const beginsWithPublished = async (bytes, id) => {
  for (const [sha256, [owner, , size]] of Object.entries(records.berkas)) {
    if (owner === id && size && size < bytes.length && await digestOf(bytes.slice(0, size)) === sha256) return true;
  }
  return false;
};
const unrecorded = async (bytes, sha256, name) => {
  const id = numberIn(new TextDecoder('latin1').decode(bytes)) || numberIn(name);
  if (!recordOf(id)) return show([worded('bukan', {}), id && worded('tak_tercatat', { id })].filter(Boolean).join(' '), { sha256 });
  const begun = await beginsWithPublished(bytes, id);
  const advice = begun ? 'Bila tambahan itu tanda tangan elektronik, tanda tangannya diperiksa dengan ./humas verify BERKAS.' : '';
  return show([worded('berubah', { id }), begun && worded('tambahan', {})].filter(Boolean).join(' '), { id, sha256, advice });
};
const checkFile = async file => {
  const turn = latest += 1;
  answerBox.replaceChildren(element('p', 'Berkas sedang dicocokkan…'));
  try {
    if (file.size > MOST_BYTES) throw new Error('size');
    const bytes = new Uint8Array(await file.arrayBuffer());
    const sha256 = await digestOf(bytes);
    if (turn !== latest) return;
    if (Object.hasOwn(records.berkas, sha256)) recorded(sha256, file.name);
    else await unrecorded(bytes, sha256, file.name);
  } catch {
    if (turn === latest) answerBox.replaceChildren(element('p', 'Berkas tidak dapat dibaca. Pilih satu berkas PDF atau XLSX yang tidak lebih dari 256 MB.'));
  }
};
const checkNumber = text => {
  latest += 1;
  const written = text.trim().toUpperCase(), id = numberIn(written), record = recordOf(id);
  if (!id) return answerBox.replaceChildren(element('p', 'Itu bukan nomor laporan. Nomornya tercetak di kaki setiap halaman laporan, mulai dengan HT.'));
  if (!record) return show(worded('nomor_tak_ada', { id }));
  const [, edition, newest, digest, , proven] = record, claimed = (written.match(/:([0-9A-F]{64})$/) || [])[1];
  const key = !proven ? 'nomor_rantai' : claimed && claimed !== digest.toUpperCase() ? 'sidik_beda' : edition < newest ? 'nomor_lama' : 'nomor_terkini';
  return show(`${worded(key, { id, terbaru: newest })} Nomor saja tidak membuktikan isi berkas; pilih berkasnya agar dicocokkan.`, { id });
};

if (records) {
  document.getElementById('periksa').hidden = false;
  fileInput.addEventListener('change', () => { if (fileInput.files[0]) checkFile(fileInput.files[0]); });
  document.getElementById('formulir').addEventListener('submit', event => { event.preventDefault(); checkNumber(numberInput.value); });
  window.addEventListener('dragover', event => event.preventDefault());
  window.addEventListener('drop', event => {
    event.preventDefault();
    if (event.dataTransfer.files[0]) checkFile(event.dataTransfer.files[0]);
  });
}

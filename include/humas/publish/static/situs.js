// Tanpa skrip ini halaman tetap utuh: tautan angka menuju tabel "Jejak angka", peta bertukar lewat CSS.
'use strict';

// Jejak angka: dialog dari baris tabel yang ditunjuk tautan.
const lacak = document.querySelector('dialog.lacak');
document.addEventListener('click', peristiwa => {
  const tautan = peristiwa.target.closest('a.jejak');
  if (!tautan || !lacak || !lacak.showModal) return;
  const baris = document.getElementById(tautan.hash.slice(1));
  if (!baris) return;
  peristiwa.preventDefault();
  const nilai = tautan.dataset.teks || tautan.textContent.trim();
  lacak.querySelector('h2').textContent = `${baris.querySelector('[data-k=Angka]').textContent}: ${nilai}`;
  const isi = [...baris.cells].map(sel => [sel.dataset.k, sel.textContent.trim()]).concat([['Sumber', lacak.dataset.asal]]);
  lacak.querySelector('dl').replaceChildren(...isi.filter(([, teks]) => teks).flatMap(pasangan => pasangan.map((teks, i) => {
    const unsur = document.createElement(i ? 'dd' : 'dt');
    unsur.textContent = teks;
    return unsur;
  })));
  lacak.showModal();
});
if (lacak) lacak.addEventListener('click', peristiwa => { if (peristiwa.target === lacak) lacak.close(); });

// Tabel yang dapat diurutkan: kepala berkelas "urut" menjadi tombol.
const angka = teks => {
  const bersih = teks.replace(/\./g, '').replace(',', '.').replace(/[^\d.+-]/g, '');
  return bersih === '' ? null : Number(bersih);
};
const nilaiSel = (baris, kolom) => {
  const sel = baris.cells[kolom];
  if (sel.dataset.v !== undefined) return Number(sel.dataset.v);
  const teks = sel.textContent.trim();
  return sel.classList.contains('n') ? angka(teks) ?? -Infinity : teks;
};
const banding = (a, b) => typeof a === 'number' ? a - b : a.localeCompare(b, 'id', { numeric: true });
for (const kepala of document.querySelectorAll('table.urut thead th')) {
  const tombol = document.createElement('button');
  tombol.type = 'button';
  tombol.textContent = kepala.textContent;
  kepala.replaceChildren(tombol);
  tombol.addEventListener('click', () => {
    const badan = kepala.closest('table').tBodies[0];
    const angkaDulu = kepala.classList.contains('n') ? 'descending' : 'ascending';
    const balik = { ascending: 'descending', descending: 'ascending' };
    const arah = balik[kepala.getAttribute('aria-sort')] || angkaDulu;
    for (const lain of kepala.parentElement.cells) lain.removeAttribute('aria-sort');
    kepala.setAttribute('aria-sort', arah);
    const tanda = arah === 'ascending' ? 1 : -1;
    const urutan = [...badan.rows].map(baris => [nilaiSel(baris, kepala.cellIndex), baris]);
    urutan.sort((a, b) => banding(a[0], b[0]) * tanda);
    badan.append(...urutan.map(([, baris]) => baris));
  });
}

// Pencarian: tanpa spasi, tanda hubung, dan titik; singkatan wilayah yang lazim dibaca sebagai kata utuhnya.
const SINGKATAN = [[/\bkab\b\.?/g, 'kabupaten '], [/\bprov\b\.?/g, 'provinsi '], [/\b(?:kodya|kotamadya)\b\.?/g, 'kota ']];
const padat = teks => teks.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '');
const kataCari = teks => SINGKATAN.reduce((hasil, [pola, kata]) => hasil.replace(pola, kata), teks.toLowerCase()).split(/\s+/).map(padat).filter(Boolean);

// Saringan: setiap masukan di .saring menyempitkan tabel yang disebut data-tabel.
for (const saring of document.querySelectorAll('.saring[data-tabel]')) {
  const baris = [...document.getElementById(saring.dataset.tabel).tBodies[0].rows];
  const teks = new Map(baris.map(satu => [satu, padat(satu.textContent)]));
  const hitung = saring.querySelector('output');
  const terapkan = () => {
    const kata = [...saring.querySelectorAll('input')].flatMap(isian => kataCari(isian.value));
    const pilihan = [...saring.querySelectorAll('select')].filter(pilih => pilih.value);
    let tampak = 0;
    for (const satu of baris) {
      satu.hidden = !(kata.every(k => teks.get(satu).includes(k)) && pilihan.every(p => satu.dataset[p.name] === p.value));
      if (!satu.hidden) tampak += 1;
    }
    if (hitung) hitung.textContent = `${tampak} dari ${baris.length}`;
  };
  saring.hidden = false;
  saring.addEventListener('input', terapkan);
  terapkan();
}

// Cari satker di kop: "/" memfokuskan, panah memilih, Enter membuka, Escape menutup.
const wadah = document.querySelector('.cari');
if (wadah && window.INDEKS_SATKER) {
  const akar = wadah.dataset.akar;
  const isian = document.createElement('input');
  const daftar = document.createElement('ul');
  let hasil = [], pilih = -1;
  for (const [nama, nilai] of Object.entries({
    type: 'search', role: 'combobox', placeholder: 'Cari satker', autocomplete: 'off', 'aria-label': 'Cari satker menurut nama atau kode',
    'aria-expanded': 'false', 'aria-controls': 'hasil-cari', 'aria-autocomplete': 'list',
  })) isian.setAttribute(nama, nilai);
  daftar.id = 'hasil-cari';
  daftar.setAttribute('role', 'listbox');
  daftar.setAttribute('aria-label', 'Satker yang cocok');
  daftar.hidden = true;
  wadah.append(isian, daftar);
  wadah.hidden = false;
  const tutup = () => { daftar.hidden = true; isian.setAttribute('aria-expanded', 'false'); isian.removeAttribute('aria-activedescendant'); };
  const tandai = baru => {
    pilih = baru;
    [...daftar.children].forEach((li, i) => li.setAttribute('aria-selected', String(i === pilih)));
    const li = daftar.children[pilih];
    if (li) { isian.setAttribute('aria-activedescendant', li.id); li.scrollIntoView({ block: 'nearest' }); }
  };
  const butir = ([kode, nama, provinsi], i) => {
    const li = document.createElement('li'), kecil = document.createElement('small');
    li.id = `hasil-${i}`;
    li.setAttribute('role', 'option');
    kecil.textContent = provinsi ? `${kode} · ${provinsi}` : kode;
    li.append(nama, kecil);
    li.addEventListener('mousedown', e => { e.preventDefault(); buka(i); });
    return li;
  };
  const kosong = () => {
    const li = document.createElement('li');
    li.className = 'kosong';
    li.setAttribute('role', 'option');
    li.setAttribute('aria-disabled', 'true');
    li.textContent = 'Tidak ada satker dengan nama atau kode itu.';
    return li;
  };
  const buka = i => { if (hasil[i]) location.href = `${akar}satker/${hasil[i][0]}.html`; };
  isian.addEventListener('input', () => {
    const kata = kataCari(isian.value);
    if (!kata.length) { hasil = []; tutup(); return; }
    hasil = window.INDEKS_SATKER.filter(satu => { const t = padat(satu.join(' ')); return kata.every(k => t.includes(k)); }).slice(0, 12);
    daftar.replaceChildren(...(hasil.length ? hasil.map(butir) : [kosong()]));
    daftar.hidden = false;
    isian.setAttribute('aria-expanded', 'true');
    tandai(hasil.length ? 0 : -1);
  });
  isian.addEventListener('keydown', e => {
    if (e.key === 'Escape') { isian.value = ''; hasil = []; tutup(); }
    if (!hasil.length) return;
    if (e.key === 'ArrowDown') { e.preventDefault(); tandai((pilih + 1) % hasil.length); }
    if (e.key === 'ArrowUp') { e.preventDefault(); tandai((pilih + hasil.length - 1) % hasil.length); }
    if (e.key === 'Enter') { e.preventDefault(); buka(pilih); }
  });
  isian.addEventListener('blur', tutup);
  document.addEventListener('keydown', e => {
    if (e.key === '/' && !e.target.closest('input, select, textarea, dialog')) { e.preventDefault(); isian.focus(); }
  });
}

// Kertas tidak dapat diketuk: daftar yang terlipat dibuka saat mencetak.
window.addEventListener('beforeprint', () => {
  for (const lipatan of document.querySelectorAll('details.saat-cetak')) lipatan.open = true;
});

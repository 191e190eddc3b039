// Files from a drop or a file chooser, folders opened, each with its path inside what was chosen.

export interface ChosenFile {
  file: File;
  name: string;
}

const mostFiles = 5000;

function readEntries(reader: FileSystemDirectoryReader): Promise<FileSystemEntry[]> {
  return new Promise((resolve, reject) => reader.readEntries(resolve, reject));
}

function readFile(entry: FileSystemFileEntry): Promise<File> {
  return new Promise((resolve, reject) => entry.file(resolve, reject));
}

async function openFolder(folder: FileSystemDirectoryEntry): Promise<FileSystemEntry[]> {
  const reader = folder.createReader();
  const all: FileSystemEntry[] = [];
  // A browser gives a folder's entries in portions; an empty portion is the end.
  for (;;) {
    const portion = await readEntries(reader);
    if (portion.length === 0) return all;
    all.push(...portion);
  }
}

export async function filesFromDrop(data: DataTransfer): Promise<ChosenFile[]> {
  // Entries must be taken before the first await: afterwards the browser has emptied the list.
  const waiting = [...data.items].map((item) => item.webkitGetAsEntry()).filter((entry) => entry !== null);
  if (waiting.length === 0) return filesFromList(data.files);
  const chosen: ChosenFile[] = [];
  for (let entry = waiting.shift(); entry && chosen.length < mostFiles; entry = waiting.shift()) {
    if (entry.isFile) {
      const file = await readFile(entry as FileSystemFileEntry);
      chosen.push({ file, name: entry.fullPath.replace(/^\//, '') });
    } else if (entry.isDirectory) {
      waiting.push(...(await openFolder(entry as FileSystemDirectoryEntry)));
    }
  }
  return withoutHidden(chosen);
}

export function filesFromList(files: FileList | null): ChosenFile[] {
  return withoutHidden(
    [...(files ?? [])].slice(0, mostFiles).map((file) => ({ file, name: file.webkitRelativePath || file.name })),
  );
}

// The operating system's own litter is nobody's document.
function withoutHidden(chosen: ChosenFile[]): ChosenFile[] {
  return chosen.filter(({ name }) => !/(^|\/)(\.[^/]*|Thumbs\.db|desktop\.ini)$/i.test(name));
}

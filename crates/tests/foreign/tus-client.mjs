// A client that sends files in pieces, written with tus-js-client.
import { createReadStream } from 'node:fs';
import library from './vendor/tus-js-client.cjs';
import { answer } from './lines.mjs';

// Where the file that is on its way goes.
let place = null;

await answer({
  /// Sends a file to its end, or goes on with the one that was cut off. With `cut_after` it is cut as soon as so many bytes
  /// were handed to the network; with `retries` it goes on by itself when the server is away.
  send: ({ path, endpoint, headers, metadata, chunk, cut_after, retries }) =>
    new Promise((resolve, reject) => {
      let isCut = false;
      const upload = new library.Upload(createReadStream(path), {
        endpoint,
        headers,
        metadata,
        chunkSize: chunk ?? Infinity,
        uploadUrl: place,
        retryDelays: retries ? new Array(retries).fill(300) : null,
        onUploadUrlAvailable: () => (place = upload.url),
        onProgress: async (sent) => {
          if (cut_after === undefined || sent < cut_after || isCut) return;
          isCut = true;
          await upload.abort();
          resolve({ sent, cut: true });
        },
        onSuccess: () => {
          const done = place;
          place = null;
          resolve({ cut: false, place: done });
        },
        onError: reject,
      });
      upload.start();
    }),

  /// Has the server forget the file that is on its way.
  async terminate({ headers }) {
    const gone = place;
    place = null;
    await library.Upload.terminate(gone, { headers, retryDelays: null });
    return { place: gone };
  },
});

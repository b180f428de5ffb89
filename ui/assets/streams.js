// Events sent while the stream of the last one ends are not lost.
//
// The server closes the stream of messages when no event is left, and Gradio's client opens a new one for the next. It takes
// the old one for open until it has read that it is closed: an event that has been taken in meanwhile is told of on neither,
// and the page waits for it for good. So the answer to `queue/join` waits until the open stream tells of the event, or ends.
(() => {
  const PATIENCE = 5000; // milliseconds; nothing is held back for longer
  let stream = null;

  const follow = (response, signal) => {
    const told = new Set();
    const waiting = new Map(); // by the event's id, what lets its answer go
    const go = (id) => {
      waiting.get(id)?.();
      waiting.delete(id);
    };
    const now = {
      toldOf: (id) => new Promise((resolve) => {
        if (told.has(id)) return resolve();
        waiting.set(id, resolve);
        setTimeout(go, PATIENCE, id);
      }),
    };
    const end = () => {
      if (stream === now) stream = null;
      setTimeout(() => [...waiting.keys()].forEach(go)); // once the client knows it, too
    };
    const decoder = new TextDecoder();
    let rest = ""; // of a message that goes on in the next piece
    const listen = (piece) => {
      const messages = (rest + decoder.decode(piece, { stream: true })).split("\n\n");
      rest = messages.pop();
      for (const message of messages) {
        const id = message.match(/"event_id":"([^"]+)"/)?.[1];
        if (!id) continue;
        told.add(id);
        go(id);
      }
    };
    const reader = response.body.getReader();
    const body = new ReadableStream({
      pull: async (controller) => {
        try {
          const { done, value } = await reader.read();
          if (done) {
            end();
            controller.close();
          } else {
            controller.enqueue(value);
            listen(value);
          }
        } catch (error) {
          end(); // the connection is lost
          controller.error(error);
        }
      },
      cancel: (reason) => {
        end();
        return reader.cancel(reason);
      },
    });
    signal?.addEventListener("abort", end);
    stream = now;
    return new Response(body, response);
  };

  const plainFetch = window.fetch;
  window.fetch = async (...call) => {
    const address = String(call[0]?.url ?? call[0]);
    const response = await plainFetch(...call);
    if (!response.ok) return response;
    if (address.includes("/queue/data?")) return follow(response, call[0]?.signal ?? call[1]?.signal);
    if (address.includes("/queue/join") && stream) {
      const { event_id: id } = await response.clone().json();
      await stream?.toldOf(id);
    }
    return response;
  };
})();

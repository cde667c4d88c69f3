/** The program that runs the server: in Node for a client on standard input and output, in a web worker for a page. */
if (typeof process === "object" && process.versions?.node) {
  import("./server/node.js")
    .then(({ main }) => main())
    .catch((error: unknown) => {
      // Node would print the line of the program as well, which is most of a megabyte long.
      console.error(`reportls: ${error instanceof Error ? error.message : error}`);
      process.exit(1);
    });
} else {
  void import("./worker.js");
}

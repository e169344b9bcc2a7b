using Knot;

return ServerProgram.Run("knot", KnotCommand.Make(options => ServerProgram.Serve("knot", options, (each, output) => new Server(each, output))), args);

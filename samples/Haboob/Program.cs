using Haboob;
using Knot;

return ServerProgram.Run("haboob", HaboobCommand.Make(options => ServerProgram.Serve("haboob", options.Site, (each, output) => new StagedServer(options with { Site = each }, output))), args);

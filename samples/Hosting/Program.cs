// A .NET host with an event loop. The loop takes calls, and finishes its work when the host stops.
//
//   dotnet run --project samples/Hosting
using Words;

await Server.RunAsync(Console.Out);

// A .NET host with an event loop, which takes calls and finishes what it has begun when the host stops.
//
//   dotnet run --project samples/Hosting
using Words;

await Server.RunAsync(Console.Out);

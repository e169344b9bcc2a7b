namespace Tame.Hosting;

/// <summary>Starts the main of a loop, and returns the task of main's event.</summary>
internal delegate Task StartMain(EventLoopContext context);

/// <summary>The main of a host's loops; null if they have no main.</summary>
internal sealed record HostedMain(StartMain? Start);

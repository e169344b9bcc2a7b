namespace Tame.Hosting;

/// <summary>What each loop of a host starts with: returns the task of main's event.</summary>
internal delegate Task StartMain(EventLoopContext context);

/// <summary>The main of a host's loops; null if they only take calls.</summary>
internal sealed record HostedMain(StartMain? Start);

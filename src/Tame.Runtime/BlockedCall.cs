namespace Tame;

/// <summary>A call of a tamed method that waits.</summary>
/// <param name="Method">The tamed method.</param>
/// <param name="File">The file of its body.</param>
/// <param name="Line">The line of the wait, from one.</param>
/// <param name="Since">How long it has waited, exact to a few milliseconds: in virtual time by the loop's clock, otherwise by the system's.</param>
public sealed record BlockedCall(string Method, string File, int Line, TimeSpan Since);

namespace Tame;

/// <summary>
/// A timer as its owner holds it: where the loop keeps it, and the number of its event. Harmless once the timer has fired or left, for an event has no
/// timer after it, and its number is never given again.
/// </summary>
internal readonly record struct TimerNode(int Index, long Number);

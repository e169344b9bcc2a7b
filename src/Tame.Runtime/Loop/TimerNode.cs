namespace Tame;

/// <summary>A timer as its owner holds it: harmless once the timer has fired or left, for its number is never given again.</summary>
internal readonly record struct TimerNode(int Index, long Id);

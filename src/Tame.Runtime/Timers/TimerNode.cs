namespace Tame;

/// <summary>
/// The owner's reference to a timer: its index in the loop's timers, and the number of its event. It is harmless after the timer has fired or been
/// removed, because the number of an event is never used again.
/// </summary>
internal readonly record struct TimerNode(int Index, long Number);

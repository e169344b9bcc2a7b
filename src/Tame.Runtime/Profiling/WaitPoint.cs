namespace Tame;

/// <summary>A place where the calls of a tamed method wait, begin, or end. Two are equal if all their parts are equal.</summary>
/// <param name="Kind">The kind: entry, wait, or end.</param>
/// <param name="Method">The tamed method, as in <see cref="BlockedCall.Method"/>.</param>
/// <param name="State">The number of the wait in its method, counted from one. It is 0 for the entry and -1 for the end.</param>
/// <param name="File">The file of the method's body.</param>
/// <param name="Line">The line of the wait or of the method's name, counted from one.</param>
/// <param name="Text">The statement on one line, shortened. It is empty for the entry and the end.</param>
public sealed record WaitPoint(WaitPointKind Kind, string Method, int State, string File, int Line, string Text);

using System.ComponentModel;

namespace Tame.CompilerServices;

/// <summary>
/// Marks a method that keeps the handle of its last parameter until the event completes. It has a twin, whose name ends with <c>Kept</c> and whose last
/// parameter is a <see cref="KeptEvent"/>. Generated code calls the twin where the user's code has no other handle of the event.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
[AttributeUsage(AttributeTargets.Method, Inherited = false)]
public sealed class KeepsEventAttribute : Attribute;

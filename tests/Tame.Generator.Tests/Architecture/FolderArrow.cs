namespace Tame.Generator.Tests.Architecture;

/// <summary>One folder of the runtime that uses another, and the reference that shows it.</summary>
internal readonly record struct FolderArrow(string From, string To, string Reference);

namespace Tame.Language.Tests.Differential.Writing;

/// <summary>Parts of the language that can be left out of the programs; the environment variable <c>TAME_FEATURES</c> says which are in.</summary>
[Flags]
internal enum Features
{
    None = 0,
    CatchWaits = 1,
    FinallyWaits = 2,
    CheckedWaits = 4,

    /// <summary>Variables captured where C# makes a fresh one each time.</summary>
    FreshCaptures = 8,

    /// <summary>Waits in a foreach over an array of several dimensions.</summary>
    GridWaits = 16,

    /// <summary>Locals of anonymous types.</summary>
    Anonymous = 32,
    All = CatchWaits | FinallyWaits | CheckedWaits | FreshCaptures | GridWaits | Anonymous,

    /// <summary>What the generator takes.</summary>
    Supported = All,
}

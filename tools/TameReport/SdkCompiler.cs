using System.Runtime.Loader;

namespace Tame.Report;

/// <summary>Has this process use the compiler of the SDK that builds the project.</summary>
internal static class SdkCompiler
{
    public static void Use(string folder) => AssemblyLoadContext.Default.Resolving += (context, name) =>
        Path.Combine(folder, name.Name + ".dll") is var file && File.Exists(file) ? context.LoadFromAssemblyPath(file) : null;
}

using Microsoft.Extensions.DependencyInjection;
using Orleans.Serialization;

namespace Tame.Orleans;

/// <summary>Transfers exceptions of Tame between silos and clients.</summary>
internal static class Failures
{
    /// <summary>Adds the exceptions of Tame to the types that Orleans transfers unchanged. It replaces exceptions whose namespace it does not know.</summary>
    public static void LetPass(IServiceCollection services) =>
        services.Configure<ExceptionSerializationOptions>(static options =>
        {
            var others = options.SupportedExceptionTypeFilter;
            options.SupportedExceptionTypeFilter = type => type.Assembly == typeof(EventLoop).Assembly || others?.Invoke(type) == true;
        });
}

using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;

namespace Cardea.Bench.Profile;

/// <summary>A type where it is defined.</summary>
internal sealed record KnownType(string Assembly, MetadataReader Metadata, TypeDefinitionHandle Handle)
{
    public TypeDefinition Definition => Metadata.GetTypeDefinition(Handle);

    /// <summary>Structures and enums; signatures tell them from classes.</summary>
    public bool IsValue => Definition.BaseType.Kind is HandleKind.TypeReference
        ? Metadata.GetTypeReference((TypeReferenceHandle)Definition.BaseType) is var outer && IsValueType(outer.Namespace, outer.Name)
        : Definition.BaseType is { IsNil: false, Kind: HandleKind.TypeDefinition } inner
            && Metadata.GetTypeDefinition((TypeDefinitionHandle)inner) is var own && IsValueType(own.Namespace, own.Name);

    public IEnumerable<MethodDefinition> Methods => Definition.GetMethods().Select(Metadata.GetMethodDefinition);

    private bool IsValueType(StringHandle space, StringHandle name) =>
        Metadata.StringComparer.Equals(space, "System")
        && (Metadata.StringComparer.Equals(name, "ValueType") || Metadata.StringComparer.Equals(name, "Enum"));
}

/// <summary>All types of the product, its packages and .NET: what this program can load, but for its own.</summary>
internal sealed class KnownTypes : IDisposable
{
    private readonly List<PEReader> _files = [];
    private readonly Dictionary<string, List<KnownType>> _types = [];

    public KnownTypes()
    {
        var paths = (string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!;
        foreach (var path in paths.Split(Path.PathSeparator).Where(path => path != typeof(KnownTypes).Assembly.Location))
        {
            var file = new PEReader(File.OpenRead(path));
            _files.Add(file);
            Add(Path.GetFileNameWithoutExtension(path), file.GetMetadataReader());
        }
    }

    /// <summary>Several where assemblies have types of the same name, as compilers like to make them.</summary>
    public IReadOnlyList<KnownType> Find(string name) => _types.GetValueOrDefault(name, []);

    public IEnumerable<KnownType> In(string assembly) => _types.Values.SelectMany(types => types).Where(type => type.Assembly == assembly);

    public void Dispose() => _files.ForEach(file => file.Dispose());

    private void Add(string assembly, MetadataReader metadata)
    {
        foreach (var handle in metadata.TypeDefinitions)
        {
            var name = NameOf(metadata, handle);
            if (!_types.TryGetValue(name, out var types)) { _types[name] = types = []; }
            types.Add(new(assembly, metadata, handle));
        }
    }

    private static string NameOf(MetadataReader metadata, TypeDefinitionHandle handle)
    {
        var type = metadata.GetTypeDefinition(handle);
        var name = metadata.GetString(type.Name);
        return type.GetDeclaringType() is { IsNil: false } outer ? $"{NameOf(metadata, outer)}+{name}"
            : metadata.GetString(type.Namespace) is { Length: > 0 } space ? $"{space}.{name}"
            : name;
    }
}

using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using System.Reflection.PortableExecutable;

namespace Cardea.Bench.Profile;

/// <summary>
/// What crossgen2 reads to learn which methods matter ("MIBC"): an assembly that is never run, whose code names one method after the other.
/// </summary>
internal sealed class ProfileFile
{
    /// <summary>Parts of such a file can be about parts of a program; ours is about the whole.</summary>
    private const string WholeProgram = "cardea";

    private static readonly byte[] s_nothingForNothing = [0, 0, (byte)SignatureTypeCode.Void];   // static void ()

    private readonly MetadataBuilder _metadata = new();
    private readonly HashSet<EntityHandle> _named = [];
    private readonly InstructionEncoder _names = new(new BlobBuilder());
    private readonly References _references;

    public ProfileFile(KnownTypes known) => _references = new(_metadata, known);

    public int Count => _named.Count;

    public void Add(UsedMethod method)
    {
        foreach (var reference in _references.To(method)) { Name(reference); }
    }

    public void AddAllOf(string assembly)
    {
        foreach (var reference in _references.ToAllOf(assembly)) { Name(reference); }
    }

    public void Save(string path)
    {
        var code = new BlobBuilder();
        var bodies = new MethodBodyStreamEncoder(code);

        _metadata.AddModule(0, _metadata.GetOrAddString(WholeProgram), default, default, default);
        _metadata.AddAssembly(_metadata.GetOrAddString(WholeProgram), new(0, 0, 0, 0), default, default, default, default);
        _metadata.AddTypeDefinition(
            default, default, _metadata.GetOrAddString("<Module>"), default, MetadataTokens.FieldDefinitionHandle(1), MetadataTokens.MethodDefinitionHandle(1));

        var list = AddMethod("Methods", _names);
        var contents = new InstructionEncoder(new BlobBuilder());
        contents.LoadString(_metadata.GetOrAddUserString(WholeProgram));
        LoadAndForget(contents, list);
        _ = AddMethod("AssemblyDictionary", contents);   // the name that it is looked up by

        var file = new BlobBuilder();
        new ManagedPEBuilder(PEHeaderBuilder.CreateLibraryHeader(), new(_metadata), code).Serialize(file);
        using var stream = File.Create(path);
        file.WriteContentTo(stream);

        MethodDefinitionHandle AddMethod(string name, InstructionEncoder body)
        {
            body.OpCode(ILOpCode.Ret);
            return _metadata.AddMethodDefinition(
                MethodAttributes.Public | MethodAttributes.Static, MethodImplAttributes.IL, _metadata.GetOrAddString(name),
                _metadata.GetOrAddBlob(s_nothingForNothing), bodies.AddMethodBody(body), default);
        }
    }

    private void Name(EntityHandle method)
    {
        if (_named.Add(method)) { LoadAndForget(_names, method); }
    }

    private static void LoadAndForget(InstructionEncoder code, EntityHandle token)
    {
        code.OpCode(ILOpCode.Ldtoken);
        code.Token(token);
        code.OpCode(ILOpCode.Pop);
    }
}
